"""azure-storage-blob with the exchanged token: what the role allows, and what it does not."""

import os

import pytest
from azure.core import MatchConditions
from azure.core.exceptions import (
    ClientAuthenticationError,
    HttpResponseError,
    ResourceExistsError,
    ResourceModifiedError,
    ResourceNotFoundError,
)
from azure.storage.blob import BlobServiceClient, ContainerClient, ContentSettings


def container(world, credential, name: str | None = None, **settings) -> ContainerClient:
    return ContainerClient(
        f"{world.storage}/{world.container.account}",
        name or world.container.name,
        credential=credential,
        **settings,
    )


@pytest.fixture
def invoices(world, exchange) -> ContainerClient:
    return container(world, exchange("trusted"))


def test_writes_reads_lists_and_deletes_a_blob(invoices):
    blob = invoices.get_blob_client("python/a b/ü.txt")
    blob.upload_blob(b"hello", metadata={"month": "may"}, overwrite=True)
    assert blob.download_blob().readall() == b"hello"
    assert blob.get_blob_properties().metadata == {"month": "may"}
    assert [found.name for found in invoices.list_blobs(name_starts_with="python/a b/")] == ["python/a b/ü.txt"]
    blob.delete_blob()
    assert not blob.exists()


def test_uploads_32_mib_in_blocks_and_reads_a_range_of_them(world, exchange):
    content = os.urandom(32 * 1024 * 1024)
    block = 4 * 1024 * 1024
    blobs = container(world, exchange("trusted"), max_single_put_size=block, max_block_size=block)
    blob = blobs.upload_blob("python/large", content, overwrite=True, max_concurrency=4)
    assert len(blob.get_block_list()[0]) == 8
    assert blob.download_blob(max_concurrency=4).readall() == content
    assert blob.download_blob(offset=5_000_000, length=10).readall() == content[5_000_000:5_000_010]
    blob.delete_blob()


def test_lists_in_pages_and_by_folder(invoices):
    names = [f"python/list/{folder}/{number}" for folder in "ab" for number in range(3)]
    for name in names:
        invoices.upload_blob(name, name.encode(), overwrite=True)
    pages = invoices.list_blobs(name_starts_with="python/list/", results_per_page=4).by_page()
    assert [[blob.name for blob in page] for page in pages] == [names[:4], names[4:]]
    folders = invoices.walk_blobs(name_starts_with="python/list/", delimiter="/")
    assert [folder.name for folder in folders] == ["python/list/a/", "python/list/b/"]


def test_overwrites_only_what_it_has_seen(invoices):
    blob = invoices.upload_blob("python/etag", b"1", overwrite=True)
    with pytest.raises(ResourceExistsError, match="already exists"):
        blob.upload_blob(b"2")
    seen = blob.get_blob_properties().etag
    blob.upload_blob(b"2", overwrite=True, etag=seen, match_condition=MatchConditions.IfNotModified)
    with pytest.raises(ResourceModifiedError):
        blob.upload_blob(b"3", overwrite=True, etag=seen, match_condition=MatchConditions.IfNotModified)


def test_appends_sets_headers_snapshots_and_leases(invoices):
    blob = invoices.get_blob_client("python/log")
    blob.create_append_blob()
    blob.append_block(b"a")
    blob.append_block(b"b")
    blob.set_http_headers(ContentSettings(content_type="text/plain"))
    blob.set_blob_metadata({"month": "june"})
    assert blob.get_blob_properties().content_settings.content_type == "text/plain"
    assert blob.create_snapshot()["snapshot"]
    lease = blob.acquire_lease(15)
    with pytest.raises(HttpResponseError, match="lease"):
        blob.delete_blob()
    lease.release()
    blob.delete_blob(delete_snapshots="include")


def test_is_refused_without_a_role(world, exchange):
    with pytest.raises(HttpResponseError) as refused:
        container(world, exchange("withoutRole")).upload_blob("python/never", b"")
    assert (refused.value.status_code, refused.value.error_code) == (403, "AuthorizationPermissionMismatch")


def test_is_refused_the_list_of_containers_with_a_role_at_one(world, exchange):
    service = BlobServiceClient(f"{world.storage}/{world.container.account}", credential=exchange("trusted"))
    with pytest.raises(HttpResponseError) as refused:
        list(service.list_containers())
    assert (refused.value.status_code, refused.value.error_code) == (403, "AuthorizationPermissionMismatch")


def test_is_refused_the_home_tenants_token(world, managed_identity):
    with pytest.raises(ClientAuthenticationError, match="Issuer validation failed") as refused:
        container(world, managed_identity).upload_blob("python/never", b"")
    assert (refused.value.status_code, refused.value.error_code) == (401, "InvalidAuthenticationInfo")


def test_is_refused_without_a_token(world):
    with pytest.raises(ClientAuthenticationError) as refused:
        container(world, None).get_blob_client("python/never").download_blob()
    assert (refused.value.status_code, refused.value.error_code) == (401, "NoAuthenticationInformation")


def test_is_refused_the_account_key(world):
    with pytest.raises(HttpResponseError) as refused:
        container(world, "a2V5").get_blob_client("python/never").download_blob()
    assert (refused.value.status_code, refused.value.error_code) == (403, "KeyBasedAuthenticationNotPermitted")


def test_finds_no_blob_that_does_not_exist(invoices):
    with pytest.raises(ResourceNotFoundError) as missing:
        invoices.download_blob("python/missing")
    assert missing.value.error_code == "BlobNotFound"
