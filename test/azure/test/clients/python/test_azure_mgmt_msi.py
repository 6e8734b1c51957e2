"""azure-mgmt-msi: user-assigned identities from creation to deletion."""

import pytest
from azure.core.exceptions import ResourceNotFoundError
from azure.mgmt.msi import ManagedServiceIdentityClient
from azure.mgmt.resource.resources import ResourceManagementClient
from conftest import deployer

GROUP = "python-identities"


@pytest.fixture
def identities(world, cloud):
    credential, subscription = deployer(world.home), world.home.subscriptionId
    groups = ResourceManagementClient(credential, subscription, **cloud).resource_groups
    groups.create_or_update(GROUP, {"location": world.home.location})
    yield ManagedServiceIdentityClient(credential, subscription, **cloud)
    groups.begin_delete(GROUP).result()


def test_creates_reads_lists_updates_and_deletes_an_identity(identities, world):
    owned = identities.user_assigned_identities
    made = owned.create_or_update(GROUP, "site", {"location": world.home.location})
    assert made.tenant_id == world.home.tenantId
    assert made.principal_id != made.client_id
    again = owned.create_or_update(GROUP, "site", {"location": world.home.location, "tags": {"a": "1"}})
    assert (again.principal_id, again.client_id) == (made.principal_id, made.client_id)
    assert owned.update(GROUP, "site", {"tags": {"b": "2"}}).tags == {"b": "2"}
    assert owned.get(GROUP, "site").id == made.id
    assert [found.name for found in owned.list_by_resource_group(GROUP)] == ["site"]
    assert made.id in [found.id for found in owned.list_by_subscription()]
    owned.delete(GROUP, "site")
    with pytest.raises(ResourceNotFoundError) as missing:
        owned.get(GROUP, "site")
    assert missing.value.error.code == "ResourceNotFound"
