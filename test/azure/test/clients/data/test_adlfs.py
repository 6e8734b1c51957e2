"""adlfs, the file system for fsspec: blobs as files and folders."""

import pytest
from adlfs import AzureBlobFileSystem
from azure.core.exceptions import HttpResponseError
from azure.identity.aio import ClientAssertionCredential


@pytest.fixture
def sign_in(world, azure_credential):
    def as_application(application: str = "trusted") -> AzureBlobFileSystem:
        return AzureBlobFileSystem(
            account_name=world.container.account,
            account_host=f"{world.storage.removeprefix('https://')}/{world.container.account}",
            credential=azure_credential(ClientAssertionCredential, application),
            skip_instance_cache=True,
        )

    return as_application


def test_writes_reads_lists_moves_and_deletes(world, sign_in):
    files, folder = sign_in(), f"{world.container.name}/adlfs"
    with files.open(f"{folder}/a b/ü.txt", "wb") as file:
        file.write(b"hello" * 1_000_000)
    assert files.cat_file(f"{folder}/a b/ü.txt", start=3, end=8) == b"lohel"
    files.pipe({f"{folder}/list/{number}": b"x" for number in range(3)})
    assert files.ls(folder, detail=False) == [f"{folder}/a b", f"{folder}/list"]
    assert files.glob(f"{folder}/**/1") == [f"{folder}/list/1"]
    files.mv(f"{folder}/list/1", f"{folder}/moved")
    assert files.cat(f"{folder}/moved") == b"x"
    files.rm(folder, recursive=True)
    files.invalidate_cache()
    assert not files.exists(folder)


def test_is_refused_to_create_what_exists(world, sign_in):
    files, name = sign_in(), f"{world.container.name}/adlfs-once"
    files.pipe_file(name, b"1")
    with pytest.raises(FileExistsError):
        files.pipe_file(name, b"2", mode="create")


def test_is_refused_without_a_role(world, sign_in):
    with pytest.raises(HttpResponseError, match="AuthorizationPermissionMismatch"):
        sign_in("withoutRole").pipe_file(f"{world.container.name}/adlfs/never", b"")
