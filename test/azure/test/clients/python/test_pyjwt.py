"""PyJWT, a library that knows nothing of Azure, judges every kind of token by standard discovery."""

import jwt
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

AUDIENCE = "https://storage.azure.com"


def validate(token: str, configuration: dict, audience: str | None) -> dict:
    key = jwt.PyJWKClient(configuration["jwks_uri"]).get_signing_key_from_jwt(token).key
    return jwt.decode(
        token,
        key,
        algorithms=configuration["id_token_signing_alg_values_supported"],
        audience=audience,
        issuer=configuration["issuer"],
        options={"require": ["exp", "nbf", "iat", "sub", "aud"], "verify_aud": audience is not None},
    )


@pytest.fixture
def storage_token(exchange) -> str:
    return exchange("trusted").get_token(f"{AUDIENCE}/.default").token


@pytest.mark.parametrize("resource, version, audience", RESOURCES, ids=IDS)
def test_accepts_an_applications_token(world, resource, version, audience):
    for name, token in application_tokens(world, resource):
        check_claims(validate(token, discover(name, version), audience), version, {"xms_ficinfo"})


@pytest.mark.parametrize("resource, version, audience", RESOURCES, ids=IDS)
def test_accepts_a_virtual_machines_token(world, on_virtual_machine, resource, version, audience):
    claims = validate(identity_token(world, resource), discover(world.home.tenantId, version), audience)
    check_claims(claims, version, {"xms_mirid"})


def test_accepts_the_exchanged_token(world, storage_token):
    claims = validate(storage_token, discover(world.resource.tenantId, "1.0"), AUDIENCE)
    check_claims(claims, "1.0", {"xms_ficinfo"})


def test_accepts_a_workflows_token():
    assert validate(workflow_token(), discover_workflows(), "api://any")["environment"] == "dev"


def test_accepts_the_token_of_a_replaced_key(world, storage_token):
    kids = {jwt.get_unverified_header(token)["kid"] for token in (storage_token, world.tokenOfReplacedKey)}
    assert len(kids) == 2
    validate(world.tokenOfReplacedKey, discover(world.resource.tenantId, "1.0"), AUDIENCE)


def test_refuses_it_for_another_audience(world, storage_token):
    with pytest.raises(jwt.InvalidAudienceError):
        validate(storage_token, discover(world.resource.tenantId, "1.0"), "https://vault.azure.net")


def test_refuses_it_at_another_tenant(world, storage_token):
    with pytest.raises(jwt.PyJWKClientError, match="Unable to find a signing key"):
        validate(storage_token, discover(world.home.tenantId, "1.0"), AUDIENCE)


def test_refuses_it_with_a_tampered_claim(world, storage_token):
    with pytest.raises(jwt.InvalidSignatureError):
        validate(tampered(storage_token), discover(world.resource.tenantId, "1.0"), AUDIENCE)


def test_storage_refuses_the_tampered_token_too(world, storage_token):
    answer = requests.get(
        f"{world.storage}/{world.container.account}/{world.container.name}/any",
        headers={"authorization": f"Bearer {tampered(storage_token)}", "x-ms-version": "2021-12-02"},
        timeout=120,
    )
    assert (answer.status_code, answer.headers["x-ms-error-code"]) == (401, "InvalidAuthenticationInfo")


def tampered(token: str) -> str:
    header, _, signature = token.split(".")
    claims = {**jwt.decode(token, options={"verify_signature": False}), "oid": "somebody-else"}
    changed = jwt.encode(claims, "", algorithm="none").split(".")[1]
    return f"{header}.{changed}.{signature}"
