"""azure-mgmt-resource: resource groups from creation to deletion, providers and the list of all resources."""

import pytest
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.mgmt.resource.resources import ResourceManagementClient
from conftest import deployer, owner


@pytest.fixture
def resources(world, cloud) -> ResourceManagementClient:
    return ResourceManagementClient(deployer(world.resource), world.resource.subscriptionId, **cloud)


@pytest.fixture
def owned(world, cloud) -> ResourceManagementClient:
    return ResourceManagementClient(owner(world), world.resource.subscriptionId, **cloud)


def test_creates_reads_lists_updates_and_deletes_a_resource_group(resources, world):
    groups = resources.resource_groups
    assert not groups.check_existence("python-group")
    made = groups.create_or_update("python-group", {"location": world.resource.location, "tags": {"a": "1"}})
    assert (made.name, made.type) == ("python-group", "Microsoft.Resources/resourceGroups")
    assert made.properties.provisioning_state == "Succeeded"
    assert groups.check_existence("python-group")
    assert groups.update("python-group", {"tags": {"b": "2"}}).tags == {"b": "2"}
    assert groups.get("python-group").location == world.resource.location
    assert "python-group" in [group.name for group in groups.list()]
    groups.begin_delete("python-group").result()
    assert not groups.check_existence("python-group")


def test_lists_resource_groups_in_pages(owned, world):
    for name in ("python-page-1", "python-page-2"):
        owned.resource_groups.create_or_update(name, {"location": world.resource.location})
    pages = [[group.name for group in page] for page in owned.resource_groups.list(top=1).by_page()]
    assert all(len(page) <= 1 for page in pages)
    assert {"python-page-1", "python-page-2"} < {name for page in pages for name in page}
    for name in ("python-page-1", "python-page-2"):
        owned.resource_groups.begin_delete(name).result()


def test_is_told_that_a_resource_group_does_not_exist(resources):
    with pytest.raises(ResourceNotFoundError) as missing:
        resources.resource_groups.get("python-missing")
    assert missing.value.error.code == "ResourceGroupNotFound"


def test_is_refused_another_tenants_subscription(world, cloud):
    client = ResourceManagementClient(deployer(world.resource), world.home.subscriptionId, **cloud)
    with pytest.raises(HttpResponseError) as refused:
        list(client.resource_groups.list())
    assert (refused.value.status_code, refused.value.error.code) == (401, "InvalidAuthenticationTokenTenant")


def test_reads_lists_and_registers_resource_providers(owned):
    storage = owned.providers.get("Microsoft.Storage")
    assert storage.registration_state == "Registered"
    [accounts] = [kind for kind in storage.resource_types if kind.resource_type == "storageAccounts"]
    assert accounts.api_versions
    assert "Microsoft.Web" in [provider.namespace for provider in owned.providers.list()]
    assert owned.providers.register("Microsoft.Storage").registration_state == "Registered"


def test_lists_the_resources_of_a_group(owned):
    found = owned.resources.list_by_resource_group("clients")
    assert [resource.type for resource in found] == ["Microsoft.Storage/storageAccounts"]


def test_lists_the_resources_of_a_subscription_by_type(owned):
    found = owned.resources.list(filter="resourceType eq 'Microsoft.Storage/storageAccounts'")
    assert "clientsuites" in [resource.name for resource in found]


def test_creates_reads_updates_and_deletes_a_resource_of_any_type_by_its_id(owned, world):
    owned.resource_groups.create_or_update("python-generic", {"location": world.resource.location})
    identity = (
        f"/subscriptions/{world.resource.subscriptionId}/resourceGroups/python-generic"
        "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/site"
    )
    version, resources = {"api_version": "2023-01-31"}, owned.resources
    body = {"location": world.resource.location}
    made = resources.begin_create_or_update_by_id(identity, parameters=body, **version).result()
    # Azure writes the ids of identities so.
    assert made.id == identity.replace("resourceGroups", "resourcegroups")
    changed = resources.begin_update_by_id(identity, parameters={"tags": {"a": "1"}}, **version).result()
    assert changed.tags == {"a": "1"}
    assert resources.get_by_id(identity, **version).tags == {"a": "1"}
    resources.begin_delete_by_id(identity, **version).result()
    with pytest.raises(ResourceNotFoundError):
        resources.get_by_id(identity, **version)
    owned.resource_groups.begin_delete("python-generic").result()
