"""azure-identity: managed identity, the exchange into the second tenant, and its refusals by code."""

import jwt
import pytest
from azure.core.exceptions import ClientAuthenticationError
from azure.identity import ClientAssertionCredential, CredentialUnavailableError, ManagedIdentityCredential
from conftest import EXCHANGE_SCOPE, deployer, oidc_token

STORAGE_SCOPE = "https://storage.azure.com/.default"


def claims(token: str) -> dict:
    return jwt.decode(token, options={"verify_signature": False})


def test_gets_a_managed_identity_token_in_the_app_service_environment(world, managed_identity):
    got = claims(managed_identity.get_token(EXCHANGE_SCOPE).token)
    assert got["sub"] == got["oid"] == world.identity.principalId
    assert got["aud"] == "fb60f99c-7a34-4190-8149-302f77469936"


def test_gets_a_managed_identity_token_by_resource_id_in_the_app_service_environment(world, on_site):
    credential = ManagedIdentityCredential(identity_config={"resource_id": world.identity.resourceId})
    assert claims(credential.get_token(EXCHANGE_SCOPE).token)["sub"] == world.identity.principalId


def test_gets_a_managed_identity_token_from_instance_metadata(world, on_virtual_machine):
    credential = ManagedIdentityCredential(client_id=world.identity.clientId)
    assert claims(credential.get_token(EXCHANGE_SCOPE).token)["sub"] == world.identity.principalId


def test_gets_the_only_identity_of_a_virtual_machine_unnamed(world, on_virtual_machine):
    token = ManagedIdentityCredential().get_token(EXCHANGE_SCOPE).token
    assert claims(token)["sub"] == world.identity.principalId


def test_is_refused_an_identity_that_the_site_has_not(world, on_site):
    credential = ManagedIdentityCredential(client_id=world.applications.trusted.clientId)
    with pytest.raises((CredentialUnavailableError, ClientAuthenticationError), match="No User Assigned or Delegated"):
        credential.get_token(EXCHANGE_SCOPE)


def test_exchanges_the_managed_identity_into_the_second_tenant(world, exchange):
    got = claims(exchange("trusted").get_token(STORAGE_SCOPE).token)
    assert got["tid"] == world.resource.tenantId
    assert got["appid"] == world.applications.trusted.clientId
    assert got["oid"] == world.applications.trusted.objectId
    assert got["iss"] == f"https://sts.windows.net/{world.resource.tenantId}/"


def test_exchanges_into_a_tenant_named_by_its_domain(world, exchange):
    credential = exchange("trusted", tenant_id=world.resource.domain)
    assert claims(credential.get_token(STORAGE_SCOPE).token)["tid"] == world.resource.tenantId


def test_signs_a_deployer_in_by_oidc(world, cloud):
    got = claims(deployer(world.home).get_token(*cloud["credential_scopes"]).token)
    assert got["appid"] == world.home.deployerClientId


@pytest.mark.parametrize(
    ("application", "code"),
    [
        pytest.param("wrongSubject", "AADSTS700213", id="wrong subject, 700213"),
        pytest.param("wrongIssuer", "AADSTS700211", id="wrong issuer, 700211"),
        pytest.param("wrongAudience", "AADSTS7002121", id="wrong audience, 7002121"),
        pytest.param("notAdmitted", "AADSTS7000229", id="missing service principal, 7000229"),
    ],
)
def test_is_refused(exchange, application, code):
    with pytest.raises(ClientAuthenticationError, match=f"{code}:"):
        exchange(application).get_token(STORAGE_SCOPE)


def test_is_refused_an_oidc_token_for_another_audience(world):
    credential = ClientAssertionCredential(
        world.home.tenantId,
        world.home.deployerClientId,
        lambda: oidc_token("api://another-audience"),
        disable_instance_discovery=True,
    )
    with pytest.raises(ClientAuthenticationError, match="AADSTS700212:"):
        credential.get_token(STORAGE_SCOPE)


def test_is_refused_an_assertion_for_another_resource(exchange):
    credential = exchange("trusted", scope="https://management.azure.com/.default")
    with pytest.raises(ClientAuthenticationError, match="AADSTS700"):
        credential.get_token(STORAGE_SCOPE)


def test_is_refused_the_home_tenants_identity_as_an_application(world, managed_identity):
    credential = ClientAssertionCredential(
        world.resource.tenantId,
        world.identity.clientId,
        lambda: managed_identity.get_token(EXCHANGE_SCOPE).token,
        disable_instance_discovery=True,
    )
    with pytest.raises(ClientAuthenticationError, match="AADSTS700016:"):
        credential.get_token(STORAGE_SCOPE)


def test_is_refused_an_unknown_tenant(exchange):
    credential = exchange("trusted", tenant_id="99999999-9999-4999-8999-999999999999")
    with pytest.raises(ClientAuthenticationError, match="AADSTS90002:"):
        credential.get_token(STORAGE_SCOPE)
