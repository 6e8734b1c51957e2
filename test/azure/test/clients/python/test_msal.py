"""msal: the same sign-in without azure-identity.

Its instance discovery asks the public cloud about every authority that is neither declared to be known (validate_authority)
nor an OIDC authority.
"""

import os

import msal
import pytest
import requests
from conftest import oidc_token

SCOPES = ["https://storage.azure.com/.default"]


@pytest.fixture
def authority() -> str:
    return os.environ["AZURE_AUTHORITY_HOST"]


def client(world, authority: str, **settings) -> msal.ConfidentialClientApplication:
    return msal.ConfidentialClientApplication(
        world.home.deployerClientId,
        authority=authority,
        client_credential={"client_assertion": oidc_token},
        **settings,
    )


def test_signs_in_with_instance_discovery_left_on(world, authority):
    signed_in = client(world, f"{authority}/{world.home.tenantId}", validate_authority=False)
    assert "access_token" in signed_in.acquire_token_for_client(SCOPES)


def test_keeps_the_token_in_its_cache(world, authority):
    signed_in = client(world, f"{authority}/{world.home.tenantId}", instance_discovery=False)
    first = signed_in.acquire_token_for_client(SCOPES)
    second = signed_in.acquire_token_for_client(SCOPES)
    assert second["token_source"] == "cache"
    assert second["access_token"] == first["access_token"]


def test_signs_in_to_a_tenant_named_by_its_domain(world, authority):
    signed_in = client(world, f"{authority}/{world.home.domain}", instance_discovery=False)
    assert "access_token" in signed_in.acquire_token_for_client(SCOPES)


def test_signs_in_to_an_oidc_authority(world, authority):
    signed_in = msal.ConfidentialClientApplication(
        world.home.deployerClientId,
        oidc_authority=f"{authority}/{world.home.tenantId}/v2.0",
        client_credential={"client_assertion": oidc_token},
    )
    assert "access_token" in signed_in.acquire_token_for_client(SCOPES)


def test_tells_the_refusal_apart_by_code_and_ids(world, authority):
    signed_in = msal.ConfidentialClientApplication(
        world.applications.trusted.clientId,
        authority=f"{authority}/{world.resource.tenantId}",
        client_credential={"client_assertion": oidc_token},
        instance_discovery=False,
    )
    refused = signed_in.acquire_token_for_client(SCOPES)
    assert refused["error"] == "invalid_client"
    assert refused["error_codes"] == [700211]
    assert refused["trace_id"] in refused["error_description"]
    assert refused["correlation_id"] in refused["error_description"]


def test_gets_a_managed_identity_token_on_its_own(world, on_site):
    identity = msal.UserAssignedManagedIdentity(client_id=world.identity.clientId)
    signed_in = msal.ManagedIdentityClient(identity, http_client=requests.Session())
    got = signed_in.acquire_token_for_client(resource="api://AzureADTokenExchange")
    assert "access_token" in got


def test_is_refused_an_unknown_tenant(world, authority):
    answer = requests.get(
        f"{authority}/99999999-9999-4999-8999-999999999999/v2.0/.well-known/openid-configuration", timeout=120
    )
    assert answer.status_code == 400
    assert answer.json()["error_codes"] == [90002]
    with pytest.raises(ValueError, match="Unable to get authority configuration"):
        client(world, f"{authority}/99999999-9999-4999-8999-999999999999", instance_discovery=False)
