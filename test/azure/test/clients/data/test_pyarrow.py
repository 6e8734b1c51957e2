"""pyarrow's Azure file system, which is Microsoft's client for C++: it asks Data Lake Storage what the account is."""

import os

import pyarrow
import pyarrow.dataset
import pytest
from pyarrow.fs import AzureFileSystem, FileSelector, FileType


@pytest.fixture(params=["path", "host"])
def addresses(request, world):
    """The account in the path, and in the host as on Azure; libcurl takes each name under localhost for this machine."""
    host = world.storage.removeprefix("https://")
    port = host.split(":")[1]
    blob, dfs = (host, host) if request.param == "path" else (f".blob.localhost:{port}", f".dfs.localhost:{port}")
    return {"blob_storage_authority": blob, "dfs_storage_authority": dfs}


@pytest.fixture
def sign_in(world, addresses, token_file, monkeypatch):
    def workload_identity(application="trusted", tenant_id=world.resource.tenantId) -> AzureFileSystem:
        monkeypatch.setenv("AZURE_TOKEN_CREDENTIALS", "WorkloadIdentityCredential")
        monkeypatch.setenv("AZURE_TENANT_ID", tenant_id)
        monkeypatch.setenv("AZURE_CLIENT_ID", getattr(world.applications, application).clientId)
        monkeypatch.setenv("AZURE_FEDERATED_TOKEN_FILE", token_file)
        return AzureFileSystem(world.container.account, **addresses)

    return workload_identity


def test_writes_appends_reads_copies_and_deletes(world, sign_in):
    files, folder = sign_in(), f"{world.container.name}/pyarrow/a b"
    content = os.urandom(20_000_000)
    files.create_dir(folder)
    with files.open_output_stream(f"{folder}/ü", metadata={"Content-Type": "text/plain"}) as stream:
        stream.write(content)
    with files.open_append_stream(f"{folder}/ü") as stream:
        stream.write(b"more")
    assert files.open_input_file(f"{folder}/ü").read_at(14, 19_999_990) == content[-10:] + b"more"
    files.copy_file(f"{folder}/ü", f"{folder}/copy")
    assert files.get_file_info(f"{folder}/copy").size == 20_000_004
    assert files.get_file_info(f"{folder}/none").type == FileType.NotFound
    files.delete_dir(folder)
    assert files.get_file_info(FileSelector(folder, recursive=True, allow_not_found=True)) == []


def test_writes_and_reads_a_partitioned_dataset(world, sign_in):
    files, folder = sign_in(), f"{world.container.name}/pyarrow/dataset"
    rows = pyarrow.table({"id": range(1000), "month": ["may", "june"] * 500})
    layout = {"format": "parquet", "partitioning": ["month"], "filesystem": files}
    pyarrow.dataset.write_dataset(rows, folder, existing_data_behavior="delete_matching", **layout)
    read = pyarrow.dataset.dataset(folder, **layout)
    assert read.count_rows(filter=pyarrow.dataset.field("month") == "may") == 500


def test_is_refused_to_move_a_file_of_a_flat_account_by_itself(world, sign_in):
    with pytest.raises(pyarrow.ArrowNotImplementedError, match="without Hierarchical Namespace"):
        sign_in().move(f"{world.container.name}/pyarrow/a", f"{world.container.name}/pyarrow/b")


def test_is_refused_without_a_role(world, sign_in):
    with pytest.raises(OSError, match="AuthorizationPermissionMismatch"):
        sign_in("withoutRole").open_output_stream(f"{world.container.name}/pyarrow/never")


@pytest.mark.parametrize("application", ["wrongSubject", "wrongIssuer", "wrongAudience", "notAdmitted"])
def test_is_refused_a_token(world, sign_in, application):
    # It does not tell what the authority said.
    with pytest.raises(pyarrow.ArrowException, match="Failed to get token"):
        sign_in(application).get_file_info(f"{world.container.name}/pyarrow")


@pytest.mark.parametrize("host", ["site", "virtualMachine"])
def test_is_refused_the_home_tenants_token(world, addresses, monkeypatch, host):
    for name in vars(world.site):
        monkeypatch.delenv(name)
    for name, value in vars(getattr(world, host)).items():
        monkeypatch.setenv(name, value)
    files = AzureFileSystem(world.container.account, client_id=world.identity.clientId, **addresses)
    with pytest.raises(OSError, match="InvalidAuthenticationInfo"):
        files.open_input_stream(f"{world.container.name}/pyarrow/never")
