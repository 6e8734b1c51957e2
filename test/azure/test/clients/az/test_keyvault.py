"""az keyvault: a vault and its secrets, at the vault's own host."""

import pytest

VAULT = "az-suite-vault"


@pytest.fixture(scope="module")
def vault(world, resource_owner, resource_group) -> str:
    made = resource_owner(f"keyvault create -g {resource_group} -n {VAULT} --enable-rbac-authorization true")
    resource_owner(
        f"role assignment create --assignee-object-id {world.applications.owner.objectId}"
        f" --assignee-principal-type ServicePrincipal --scope {made['id']} --role",
        "Key Vault Secrets Officer",
    )
    return f"--vault-name {VAULT}"


def test_secret_set_show_and_list(resource_owner, vault):
    resource_owner(f"keyvault secret set {vault} -n greeting --value hello")
    assert resource_owner(f"keyvault secret show {vault} -n greeting")["value"] == "hello"
    assert [secret["name"] for secret in resource_owner(f"keyvault secret list {vault}")] == ["greeting"]


def test_secret_delete_and_recover(resource_owner, vault):
    resource_owner(f"keyvault secret set {vault} -n lost --value found")
    resource_owner(f"keyvault secret delete {vault} -n lost")
    assert "(SecretNotFound)" in resource_owner.refused(f"keyvault secret show {vault} -n lost")
    resource_owner(f"keyvault secret recover {vault} -n lost")
    assert resource_owner(f"keyvault secret show {vault} -n lost")["value"] == "found"


def test_secret_show_refused_to_another_tenant(home_owner, vault):
    refused = home_owner.refused(f"keyvault secret show {vault} -n greeting")
    assert "(Unauthorized) AKV10032: Invalid issuer." in refused


def test_secret_set_refused_without_a_role(resource_deployer, vault):
    refused = resource_deployer.refused(f"keyvault secret set {vault} -n mine --value x")
    assert "(Forbidden) Caller is not authorized to perform action on resource." in refused


def test_delete_list_deleted_recover_and_purge(resource_owner, vault):
    resource_owner(f"keyvault delete -n {VAULT}")
    assert [found["name"] for found in resource_owner("keyvault list-deleted")] == [VAULT]
    resource_owner(f"keyvault recover -n {VAULT}")
    resource_owner(f"keyvault delete -n {VAULT}")
    resource_owner(f"keyvault purge -n {VAULT}")
    assert resource_owner("keyvault list-deleted") == []
