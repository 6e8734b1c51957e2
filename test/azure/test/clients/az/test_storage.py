"""az storage: accounts, and their blobs with --auth-mode login, at the account's own host and at the endpoint it reports."""

from datetime import datetime, timedelta, timezone

import pytest
import requests

ACCOUNT = "azsuitestore"


@pytest.fixture(scope="module")
def account(resource_owner, resource_group) -> dict:
    return resource_owner(
        f"storage account create -g {resource_group} -n {ACCOUNT} --sku Standard_LRS --min-tls-version TLS1_2"
        " --allow-shared-key-access false --allow-blob-public-access false"
    )


@pytest.fixture(scope="module")
def container(resource_owner, world, account) -> str:
    """A container, and the owner's role at its account."""
    resource_owner(
        f"role assignment create --assignee-object-id {world.applications.owner.objectId}"
        f" --assignee-principal-type ServicePrincipal --scope {account['id']} --role",
        "Storage Blob Data Contributor",
    )
    made = resource_owner(f"storage container create -n papers --account-name {ACCOUNT} --auth-mode login")
    assert made == {"created": True}
    return f"--account-name {ACCOUNT} --auth-mode login"


def test_account_check_name_show_update_and_list(resource_owner, resource_group, account):
    assert resource_owner(f"storage account check-name -n {ACCOUNT}")["reason"] == "AlreadyExists"
    resource_owner(f"storage account update -g {resource_group} -n {ACCOUNT} --tags suite=az")
    assert resource_owner(f"storage account show -n {ACCOUNT}")["tags"] == {"suite": "az"}
    assert ACCOUNT in [found["name"] for found in resource_owner("storage account list")]


def test_account_network_rule_add_and_list(resource_owner, resource_group, account):
    of = f"-g {resource_group} --account-name {ACCOUNT}"
    resource_owner(f"storage account network-rule add {of} --ip-address 203.0.113.7")
    (rule,) = resource_owner(f"storage account network-rule list {of}")["ipRules"]
    assert rule["ipAddressOrRange"] == "203.0.113.7"


def test_blob_upload_show_download_copy_and_delete(resource_owner, container, tmp_path):
    written, read = tmp_path / "written", tmp_path / "read"
    written.write_bytes(b"hello")
    named = f"{container} -c papers -n a/ü.txt"
    resource_owner(f"storage blob upload {named} -f {written} --metadata month=may")
    assert resource_owner(f"storage blob show {named}")["metadata"] == {"month": "may"}
    assert "ErrorCode:BlobAlreadyExists" in resource_owner.refused(f"storage blob upload {named} -f {written}")
    resource_owner(f"storage blob download {named} -f {read}")
    assert read.read_bytes() == b"hello"
    copied = resource_owner(
        f"storage blob copy start {container} -c papers -b copy --source-container papers --source-blob a/ü.txt"
    )
    assert copied["copy_status"] == "success"
    resource_owner(f"storage blob delete {named}")
    assert "ErrorCode:BlobNotFound" in resource_owner.refused(f"storage blob download {named} -f {read}")


def test_blob_upload_batch_list_and_delete_batch(resource_owner, container, tmp_path):
    for name in ["1.txt", "2.txt"]:
        (tmp_path / name).write_text(name)
    resource_owner(f"storage blob upload-batch {container} -d papers --destination-path batch -s {tmp_path}")
    found = resource_owner(f"storage blob list {container} -c papers --prefix batch/")
    assert [blob["name"] for blob in found] == ["batch/1.txt", "batch/2.txt"]
    resource_owner(f"storage blob delete-batch {container} -s papers --pattern batch/*")
    assert resource_owner(f"storage blob list {container} -c papers --prefix batch/") == []


def test_blob_generate_sas_as_user_opens_one_blob(resource_owner, account, container, tmp_path):
    file = tmp_path / "file"
    file.write_bytes(b"signed")
    at = f"--auth-mode login --blob-endpoint {account['primaryEndpoints']['blob']} -c papers -n signed"
    resource_owner(f"storage blob upload {at} -f {file}")
    expiry = (datetime.now(timezone.utc) + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%MZ")
    url = resource_owner(f"storage blob generate-sas {at} --as-user --permissions r --expiry {expiry} --full-uri")
    assert requests.get(url, timeout=120).content == b"signed"


def test_blob_list_refused_to_who_has_no_role(resource_deployer, container):
    refused = resource_deployer.refused(f"storage blob list {container} -c papers")
    assert "You do not have the required permissions needed to perform this operation." in refused
