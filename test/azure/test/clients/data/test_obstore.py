"""obstore, Rust's object_store: its requests are its own, and it creates and replaces on conditions."""

import os
from datetime import datetime, timezone

import obstore
import pytest
from conftest import REFUSALS
from obstore.exceptions import AlreadyExistsError, BaseError, NotModifiedError, PreconditionError
from obstore.store import AzureStore

ONCE = {"max_retries": 0}


@pytest.fixture
def invoices(world, storage_options):
    return AzureStore(world.container.name, **storage_options(), retry_config=ONCE)


def test_writes_reads_copies_renames_and_deletes(invoices):
    name = "obstore/a b/ü.txt"
    obstore.put(invoices, name, b"hello", attributes={"Content-Type": "text/plain", "month": "may"})
    got = obstore.get(invoices, name)
    assert bytes(got.bytes()) == b"hello"
    assert got.attributes == {"Content-Type": "text/plain", "month": "may"}
    obstore.copy(invoices, name, "obstore/copied")
    obstore.rename(invoices, "obstore/copied", "obstore/renamed")
    assert [item["path"] for item in obstore.list(invoices, "obstore/renamed").collect()] == []
    assert obstore.head(invoices, "obstore/renamed")["size"] == 5
    obstore.delete(invoices, [name, "obstore/renamed"])
    with pytest.raises(FileNotFoundError):
        obstore.head(invoices, name)


def test_writes_in_parts_and_reads_ranges(invoices):
    content = os.urandom(20_000_000)
    obstore.put(invoices, "obstore/parts", content, chunk_size=5 * 1024 * 1024, max_concurrency=4)
    some = obstore.get_range(invoices, "obstore/parts", start=9_999_990, end=10_000_010)
    assert bytes(some) == content[9_999_990:10_000_010]
    first, second = obstore.get_ranges(invoices, "obstore/parts", starts=[0, 19_999_990], ends=[10, 20_000_000])
    assert (bytes(first), bytes(second)) == (content[:10], content[-10:])
    obstore.delete(invoices, "obstore/parts")


def test_lists_by_folder_and_from_an_offset(invoices):
    names = [f"obstore/list/{folder}/{number}" for folder in "ab" for number in range(3)]
    for name in names:
        obstore.put(invoices, name, b"x")
    listed = obstore.list_with_delimiter(invoices, "obstore/list/")
    assert listed["common_prefixes"] == ["obstore/list/a", "obstore/list/b"]
    after = obstore.list(invoices, "obstore/list/", offset="obstore/list/a/1").collect()
    assert [item["path"] for item in after] == names[2:]
    obstore.delete(invoices, names)


def test_is_refused_to_create_what_exists_and_to_replace_what_it_has_not_seen(invoices):
    obstore.put(invoices, "obstore/once", b"1")
    seen = {"e_tag": obstore.head(invoices, "obstore/once")["e_tag"]}
    with pytest.raises(AlreadyExistsError, match="BlobAlreadyExists"):
        obstore.put(invoices, "obstore/once", b"2", mode="create")
    with pytest.raises(AlreadyExistsError, match="BlobAlreadyExists"):
        obstore.copy(invoices, "obstore/once", "obstore/once", overwrite=False)
    obstore.put(invoices, "obstore/once", b"2", mode=seen)
    with pytest.raises(PreconditionError, match="ConditionNotMet"):
        obstore.put(invoices, "obstore/once", b"3", mode=seen)
    obstore.delete(invoices, "obstore/once")


def test_reads_on_conditions(invoices):
    obstore.put(invoices, "obstore/conditions", b"1")
    e_tag = obstore.head(invoices, "obstore/conditions")["e_tag"]
    with pytest.raises(NotModifiedError):
        obstore.get(invoices, "obstore/conditions", options={"if_none_match": e_tag})
    with pytest.raises(PreconditionError, match="ConditionNotMet"):
        long_ago = datetime(2001, 1, 1, tzinfo=timezone.utc)
        obstore.get(invoices, "obstore/conditions", options={"if_unmodified_since": long_ago})
    with pytest.raises(BaseError, match="InvalidRange"):
        obstore.get(invoices, "obstore/conditions", options={"range": (100, 200)})
    obstore.delete(invoices, "obstore/conditions")


@pytest.mark.parametrize(("application", "code"), REFUSALS)
def test_is_refused(world, storage_options, application, code):
    store = AzureStore(world.container.name, **storage_options(application), retry_config=ONCE)
    with pytest.raises((BaseError, PermissionError), match=code):
        obstore.put(store, "obstore/never", b"")


def test_is_refused_at_another_tenant(world, storage_options):
    options = storage_options(tenant_id=world.home.tenantId)
    store = AzureStore(world.container.name, **options, retry_config=ONCE)
    with pytest.raises(BaseError, match="AADSTS7000229:"):
        obstore.put(store, "obstore/never", b"")


def test_is_refused_the_home_tenants_token_of_instance_metadata(world):
    endpoint = f"{world.virtualMachine.AZURE_POD_IDENTITY_AUTHORITY_HOST}/metadata/identity/oauth2/token"
    store = AzureStore(
        world.container.name,
        account_name=world.container.account,
        endpoint=f"{world.storage}/{world.container.account}",
        credential_type="managed_identity",
        client_id=world.identity.clientId,
        msi_endpoint=endpoint,
        retry_config=ONCE,
    )
    with pytest.raises(BaseError, match="Issuer validation failed"):
        obstore.put(store, "obstore/never", b"")
