"""joserfc, a library that knows nothing of Azure, judges every kind of token by standard discovery."""

import pytest
import requests
from issued import (
    IDS,
    RESOURCES,
    application_tokens,
    check_claims,
    discover,
    discover_workflows,
    identity_token,
    workflow_token,
)
from joserfc import errors, jwt
from joserfc.jwk import KeySet


def validate(token: str, configuration: dict, audience: str | None) -> jwt.Token:
    keys = KeySet.import_key_set(requests.get(configuration["jwks_uri"], timeout=120).json())
    read = jwt.decode(token, keys, algorithms=configuration["id_token_signing_alg_values_supported"])
    wanted = {"essential": True, **({"value": audience} if audience else {})}
    registry = jwt.JWTClaimsRegistry(
        iss={"essential": True, "value": configuration["issuer"]},
        aud=wanted,
        exp={"essential": True},
        nbf={"essential": True},
        iat={"essential": True},
        sub={"essential": True},
    )
    registry.validate(read.claims)
    return read


@pytest.mark.parametrize("resource, version, audience", RESOURCES, ids=IDS)
def test_accepts_an_applications_token(world, resource, version, audience):
    for name, token in application_tokens(world, resource):
        read = validate(token, discover(name, version), audience)
        check_claims(read.claims, version, {"xms_ficinfo"})
        assert read.header["typ"] == "JWT" and ("x5t" in read.header) == (version == "1.0")


@pytest.mark.parametrize("resource, version, audience", RESOURCES, ids=IDS)
def test_accepts_a_sites_token(world, on_site, resource, version, audience):
    claims = validate(identity_token(world, resource), discover(world.home.tenantId, version), audience).claims
    check_claims(claims, version, {"xms_mirid"})


def test_accepts_a_workflows_token():
    claims = validate(workflow_token(), discover_workflows(), "api://any").claims
    assert claims["sub"] == f"repo:{claims['repository']}:environment:{claims['environment']}"


def test_accepts_the_token_of_a_replaced_key(world):
    validate(world.tokenOfReplacedKey, discover(world.resource.tenantId, "1.0"), "https://storage.azure.com")


def test_refuses_a_token_at_another_tenant(world):
    with pytest.raises((errors.BadSignatureError, errors.InvalidKeyIdError)):
        validate(world.tokenOfReplacedKey, discover(world.home.tenantId, "1.0"), "https://storage.azure.com")
