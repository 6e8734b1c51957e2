"""azure-mgmt-storage: an account and a container from creation to deletion, with polling."""

import pytest
from azure.core.exceptions import ResourceNotFoundError
from azure.mgmt.resource.resources import ResourceManagementClient
from azure.mgmt.storage import StorageManagementClient
from conftest import deployer, owner

GROUP, ACCOUNT = "python-storage", "pythonaccount"


@pytest.fixture
def storage(world, cloud):
    credential, subscription = deployer(world.resource), world.resource.subscriptionId
    groups = ResourceManagementClient(credential, subscription, **cloud).resource_groups
    groups.create_or_update(GROUP, {"location": world.resource.location})
    yield StorageManagementClient(credential, subscription, **cloud)
    groups.begin_delete(GROUP).result()


def create_account(storage, world):
    return storage.storage_accounts.begin_create(
        GROUP,
        ACCOUNT,
        {
            "location": world.resource.location,
            "kind": "StorageV2",
            "sku": {"name": "Standard_LRS"},
            "properties": {
                "allowSharedKeyAccess": False,
                "allowBlobPublicAccess": False,
                "minimumTlsVersion": "TLS1_2",
            },
        },
    )


def test_creates_reads_lists_updates_and_deletes_an_account(storage, world):
    accounts = storage.storage_accounts
    poller = create_account(storage, world)
    made = poller.result()
    assert poller.status() == "Succeeded"
    assert made.primary_endpoints.blob == f"{world.storage}/{ACCOUNT}/"
    assert made.allow_shared_key_access is False
    assert (made.kind, made.sku.name, made.provisioning_state) == ("StorageV2", "Standard_LRS", "Succeeded")
    changed = accounts.update(GROUP, ACCOUNT, {"tags": {"a": "1"}, "properties": {"accessTier": "Cool"}})
    assert (changed.tags, changed.access_tier) == ({"a": "1"}, "Cool")
    assert accounts.get_properties(GROUP, ACCOUNT).minimum_tls_version == "TLS1_2"
    assert [found.name for found in accounts.list_by_resource_group(GROUP)] == [ACCOUNT]
    assert ACCOUNT in [found.name for found in accounts.list()]
    accounts.delete(GROUP, ACCOUNT)
    with pytest.raises(ResourceNotFoundError):
        accounts.get_properties(GROUP, ACCOUNT)


def test_creates_reads_lists_updates_and_deletes_a_container(storage, world):
    create_account(storage, world).result()
    containers = storage.blob_containers
    made = containers.create(GROUP, ACCOUNT, "invoices", {})
    assert made.name == "invoices"
    assert containers.get(GROUP, ACCOUNT, "invoices").public_access == "None"
    changed = containers.update(GROUP, ACCOUNT, "invoices", {"properties": {"metadata": {"a": "1"}}})
    assert changed.metadata == {"a": "1"}
    assert [found.name for found in containers.list(GROUP, ACCOUNT)] == ["invoices"]
    containers.delete(GROUP, ACCOUNT, "invoices")
    with pytest.raises(ResourceNotFoundError) as missing:
        containers.get(GROUP, ACCOUNT, "invoices")
    assert missing.value.error.code == "ContainerNotFound"


def test_sets_and_reads_blob_service_properties(storage, world):
    create_account(storage, world).result()
    policy = {"properties": {"deleteRetentionPolicy": {"enabled": True, "days": 7}}}
    storage.blob_services.set_service_properties(GROUP, ACCOUNT, policy)
    assert storage.blob_services.get_service_properties(GROUP, ACCOUNT).delete_retention_policy.days == 7


def test_checks_whether_a_name_is_free(world, cloud):
    accounts = StorageManagementClient(owner(world), world.resource.subscriptionId, **cloud).storage_accounts
    asked = {"type": "Microsoft.Storage/storageAccounts"}
    taken = accounts.check_name_availability({**asked, "name": world.container.account})
    assert (taken.name_available, taken.reason) == (False, "AlreadyExists")
    assert accounts.check_name_availability({**asked, "name": "pythonfreename"}).name_available
