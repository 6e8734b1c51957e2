"""az login, and the tokens of who is signed in."""

import pytest


@pytest.fixture(scope="module")
def identity_token(world, site) -> str:
    """The token that the site's identity is exchanged with."""
    site(f"login --identity --client-id {world.identity.clientId} --allow-no-subscriptions")
    return site("account get-access-token --resource api://AzureADTokenExchange")["accessToken"]


@pytest.mark.parametrize("side", ["home", "resource"])
def test_service_principal_with_a_federated_token(side, world, request):
    az, tenant = request.getfixturevalue(f"{side}_deployer"), getattr(world, side)
    account = az("account show")
    assert (account["id"], account["tenantId"]) == (tenant.subscriptionId, tenant.tenantId)


def test_gets_a_token_by_resource_scope_and_tenant(world, home_deployer):
    for wanted in ["--resource https://storage.azure.com/", "--scope https://storage.azure.com/.default"]:
        token = home_deployer(f"account get-access-token {wanted} --tenant {world.home.tenantId}")
        assert (token["tokenType"], token["tenant"]) == ("Bearer", world.home.tenantId)


@pytest.mark.parametrize(
    ("option", "field"),
    [("client-id", "clientId"), ("object-id", "principalId"), ("resource-id", "resourceId")],
    ids=["client id", "object id", "resource id"],
)
def test_identity_of_a_virtual_machine_by(option, field, world, profile):
    machine = profile(**vars(world.virtualMachine))
    (account,) = machine(f"login --identity --{option} {getattr(world.identity, field)} --allow-no-subscriptions")
    assert account["tenantId"] == world.home.tenantId


def test_identity_of_a_site_exchanges_its_token_in_the_resource_tenant(world, profile, identity_token):
    az = profile()
    az(exchange(world, "trusted", world.resource.tenantId, identity_token))
    found = az(f"storage blob list --auth-mode login --blob-endpoint {world.storage}/clientsuites -c invoices")
    assert isinstance(found, list)


def exchange(world, application: str, tenant_id: str, token: str) -> str:
    client_id = getattr(world.applications, application).clientId
    return (
        f"login --service-principal --username {client_id} --tenant {tenant_id} --federated-token {token}"
        " --allow-no-subscriptions"
    )


@pytest.mark.parametrize(
    ("application", "code"),
    [("wrongSubject", 700213), ("wrongIssuer", 700211), ("wrongAudience", 7002121), ("notAdmitted", 7000229)],
    ids=["a wrong subject", "a wrong issuer", "a wrong audience", "an application without service principal"],
)
def test_refuses_the_exchange_for(application, code, world, profile, identity_token):
    refused = profile().refused(exchange(world, application, world.resource.tenantId, identity_token))
    assert f"AADSTS{code}: " in refused


def test_refuses_a_tenant_that_does_not_exist(world, profile, identity_token):
    refused = profile().refused(exchange(world, "trusted", "99999999-9999-4999-8999-999999999999", identity_token))
    assert "Unable to get authority configuration for" in refused and "99999999-9999" in refused


def test_refuses_a_blob_to_an_application_without_a_role(world, profile, identity_token):
    az = profile()
    az(exchange(world, "withoutRole", world.resource.tenantId, identity_token))
    refused = az.refused(
        f"storage blob list --auth-mode login --blob-endpoint {world.storage}/clientsuites -c invoices"
    )
    assert "You do not have the required permissions needed to perform this operation." in refused


def test_refuses_another_tenants_token(world, home_deployer):
    refused = home_deployer.refused(f"account get-access-token --tenant {world.resource.tenantId}")
    assert "AADSTS700016: " in refused


def test_refuses_an_unknown_resource(home_deployer):
    refused = home_deployer.refused("account get-access-token --resource https://nothing.example")
    assert "AADSTS500011: The resource principal named https://nothing.example was not found" in refused


def test_refuses_an_identity_that_is_not_named(site):
    assert "Unable to load the proper Managed Identity" in site.refused("login --identity")
