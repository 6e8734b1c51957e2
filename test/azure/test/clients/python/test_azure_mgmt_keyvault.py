"""azure-mgmt-keyvault: a vault that stays recoverable after its deletion."""

import pytest
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.mgmt.keyvault import KeyVaultManagementClient
from azure.mgmt.resource.resources import ResourceManagementClient
from conftest import deployer, owner


def test_creates_lists_deletes_and_purges_a_vault(world, cloud):
    groups = ResourceManagementClient(owner(world), world.resource.subscriptionId, **cloud).resource_groups
    groups.create_or_update("python-vaults", {"location": world.resource.location})
    vaults = KeyVaultManagementClient(owner(world), world.resource.subscriptionId, **cloud).vaults
    location, name = world.resource.location, "pythonvault"
    sku = {"family": "A", "name": "standard"}
    properties = {"tenantId": world.resource.tenantId, "sku": sku, "enableRbacAuthorization": True}
    body = {"location": location, "properties": properties}
    made = vaults.begin_create_or_update("python-vaults", name, body).result()
    assert made.properties.enable_soft_delete
    assert name in [found.name for found in vaults.list_by_resource_group("python-vaults")]
    vaults.delete("python-vaults", name)
    with pytest.raises(ResourceNotFoundError):
        vaults.get("python-vaults", name)
    wanted = {"name": name, "type": "Microsoft.KeyVault/vaults"}
    assert not vaults.check_name_availability(wanted).name_available
    assert name in [found.name for found in vaults.list_deleted()]
    vaults.begin_purge_deleted(name, location).wait()
    assert vaults.check_name_availability(wanted).name_available


def test_is_refused_to_a_deployer_whose_role_has_no_vaults(world, cloud):
    client = KeyVaultManagementClient(deployer(world.resource), world.resource.subscriptionId, **cloud)
    with pytest.raises(HttpResponseError) as refused:
        client.vaults.get("python-vaults", "pythonvault")
    assert (refused.value.status_code, refused.value.error.code) == (403, "AuthorizationFailed")
