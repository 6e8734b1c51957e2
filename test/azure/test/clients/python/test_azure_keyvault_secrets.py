"""azure-keyvault-secrets: secrets of a vault in the second tenant, and what opens none of them."""

import uuid

import pytest
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.keyvault.secrets import SecretClient
from azure.mgmt.authorization import AuthorizationManagementClient
from azure.mgmt.keyvault import KeyVaultManagementClient
from azure.mgmt.resource.resources import ResourceManagementClient
from conftest import owner

SECRETS_OFFICER = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7"


@pytest.fixture(scope="module")
def address(world, cloud) -> str:
    """A vault where the trusted application is Key Vault Secrets Officer."""
    subscription = world.resource.subscriptionId
    groups = ResourceManagementClient(owner(world), subscription, **cloud).resource_groups
    groups.create_or_update("python-secrets", {"location": world.resource.location})
    vaults = KeyVaultManagementClient(owner(world), subscription, **cloud).vaults
    properties = {
        "tenantId": world.resource.tenantId,
        "sku": {"family": "A", "name": "standard"},
        "enableRbacAuthorization": True,
    }
    body = {"location": world.resource.location, "properties": properties}
    vault = vaults.begin_create_or_update("python-secrets", "pythonsecrets", body).result()
    assignment = {
        "role_definition_id": f"/subscriptions/{subscription}/providers/Microsoft.Authorization/roleDefinitions/{SECRETS_OFFICER}",
        "principal_id": world.applications.trusted.objectId,
        "principal_type": "ServicePrincipal",
    }
    authorization = AuthorizationManagementClient(owner(world), subscription, **cloud)
    authorization.role_assignments.create(vault.id, str(uuid.uuid4()), assignment)
    return vault.properties.vault_uri


def client(address: str, credential) -> SecretClient:
    """The challenge names vault.azure.net, which no local address is under."""
    return SecretClient(address, credential, verify_challenge_resource=False)


def test_sets_reads_lists_deletes_and_recovers_a_secret(address, exchange):
    secrets = client(address, exchange("trusted"))
    secrets.set_secret("one", "s3cret", tags={"a": "1"})
    assert secrets.get_secret("one").value == "s3cret"
    assert [found.name for found in secrets.list_properties_of_secrets()] == ["one"]
    secrets.begin_delete_secret("one").wait()
    with pytest.raises(ResourceNotFoundError, match="SecretNotFound"):
        secrets.get_secret("one")
    secrets.begin_recover_deleted_secret("one").wait()
    assert secrets.get_secret("one").properties.tags == {"a": "1"}


def test_is_refused_without_a_role(address, exchange):
    with pytest.raises(HttpResponseError, match="Caller is not authorized") as refused:
        client(address, exchange("withoutRole")).get_secret("one")
    assert refused.value.status_code == 403


def test_is_refused_a_token_of_the_home_tenant(address, managed_identity):
    with pytest.raises(HttpResponseError, match="AKV10032: Invalid issuer"):
        client(address, managed_identity).get_secret("one")
