"""azure-storage-file-datalake: what is Blob storage behind it works, Data Lake Storage says that it is not there."""

import pytest
from azure.core.exceptions import HttpResponseError
from azure.identity import ClientAssertionCredential
from azure.storage.filedatalake import FileSystemClient


@pytest.fixture
def invoices(world, azure_credential):
    account = f"{world.storage}/{world.container.account}"
    return FileSystemClient(account, world.container.name, credential=azure_credential(ClientAssertionCredential))


def test_reads_the_properties_of_the_file_system(world, invoices):
    assert invoices.get_file_system_properties().name == world.container.name


def test_is_told_that_the_account_has_no_hierarchical_namespace(invoices):
    with pytest.raises(HttpResponseError) as refused:
        invoices.get_directory_client("/").get_access_control()
    assert (refused.value.status_code, refused.value.error_code) == (400, "HierarchicalNamespaceNotEnabled")


def test_is_told_that_writing_is_not_emulated(invoices):
    with pytest.raises(HttpResponseError, match="of Data Lake Storage is not emulated") as refused:
        invoices.create_file("datalake/never")
    assert refused.value.status_code == 501
