"""PyJWT, a library that knows nothing of Azure, judges issued tokens by standard discovery."""

import os

import jwt
import pytest
import requests
from conftest import EXCHANGE_SCOPE

AUDIENCE = "https://storage.azure.com"


def validate(token: str, tenant_id: str, version: str, audience: str) -> dict:
    path = "v2.0/.well-known/openid-configuration" if version == "2.0" else ".well-known/openid-configuration"
    configuration = requests.get(f"{os.environ['AZURE_AUTHORITY_HOST']}/{tenant_id}/{path}", timeout=10).json()
    key = jwt.PyJWKClient(configuration["jwks_uri"]).get_signing_key_from_jwt(token).key
    return jwt.decode(
        token,
        key,
        algorithms=configuration["id_token_signing_alg_values_supported"],
        audience=audience,
        issuer=configuration["issuer"],
        options={"require": ["exp", "nbf", "iat", "sub"]},
    )


@pytest.fixture
def storage_token(exchange) -> str:
    return exchange("trusted").get_token(f"{AUDIENCE}/.default").token


def test_accepts_the_exchanged_token(world, storage_token):
    assert validate(storage_token, world.resource.tenantId, "1.0", AUDIENCE)["ver"] == "1.0"


def test_accepts_the_managed_identitys_token(world, managed_identity):
    token = managed_identity.get_token(EXCHANGE_SCOPE).token
    audience = "fb60f99c-7a34-4190-8149-302f77469936"
    assert validate(token, world.home.tenantId, "2.0", audience)["ver"] == "2.0"


def test_refuses_it_for_another_audience(world, storage_token):
    with pytest.raises(jwt.InvalidAudienceError):
        validate(storage_token, world.resource.tenantId, "1.0", "https://vault.azure.net")


def test_refuses_it_at_another_tenant(world, storage_token):
    with pytest.raises(jwt.PyJWKClientError, match="Unable to find a signing key"):
        validate(storage_token, world.home.tenantId, "1.0", AUDIENCE)


def test_refuses_it_with_a_tampered_claim(world, storage_token):
    header, payload, signature = storage_token.split(".")
    claims = {**jwt.decode(storage_token, options={"verify_signature": False}), "oid": "somebody-else"}
    tampered = jwt.encode(claims, "", algorithm="none").split(".")[1]
    with pytest.raises(jwt.InvalidSignatureError):
        validate(f"{header}.{tampered}.{signature}", world.resource.tenantId, "1.0", AUDIENCE)


def test_storage_refuses_the_tampered_token_too(world, storage_token):
    header, payload, signature = storage_token.split(".")
    claims = {**jwt.decode(storage_token, options={"verify_signature": False}), "oid": "somebody-else"}
    tampered = jwt.encode(claims, "", algorithm="none").split(".")[1]
    answer = requests.get(
        f"{world.storage}/{world.container.account}/{world.container.name}/any",
        headers={"authorization": f"Bearer {header}.{tampered}.{signature}", "x-ms-version": "2021-12-02"},
        timeout=10,
    )
    assert (answer.status_code, answer.headers["x-ms-error-code"]) == (401, "InvalidAuthenticationInfo")
