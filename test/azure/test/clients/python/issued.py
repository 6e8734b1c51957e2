"""Every kind of token that the local Azure issues, for the libraries that judge them."""

import os
from types import SimpleNamespace

import requests
from azure.identity import ManagedIdentityCredential
from conftest import deployer, oidc_token

EXCHANGE_ID = "fb60f99c-7a34-4190-8149-302f77469936"

# What is asked for, the version of the tokens, and their audience; None where it is an application's id.
RESOURCES = [
    ("https://graph.microsoft.com", "1.0", "https://graph.microsoft.com"),
    ("https://management.azure.com", "1.0", "https://management.azure.com"),
    ("https://storage.azure.com", "1.0", "https://storage.azure.com"),
    ("https://vault.azure.net", "1.0", "https://vault.azure.net"),
    ("api://ledger-1", "1.0", "api://ledger-1"),
    ("api://ledger-2", "2.0", None),
    ("api://AzureADTokenExchange", "2.0", EXCHANGE_ID),
]
IDS = [resource for resource, _, _ in RESOURCES]

CLAIMS = {"aud", "iss", "iat", "nbf", "exp", "aio", "idtyp", "oid", "rh", "sub", "tid", "uti", "ver"}
CLAIMS_OF_VERSION = {"1.0": {"appid", "appidacr", "idp"}, "2.0": {"azp", "azpacr"}}


def application_tokens(world: SimpleNamespace, resource: str) -> list[tuple[str, str]]:
    """Of the deployer of each tenant, which it names by its id and by its domain; with that name."""
    return [
        (name, deployer(SimpleNamespace(**{**vars(tenant), "tenantId": name})).get_token(f"{resource}/.default").token)
        for tenant in (world.home, world.resource)
        for name in (tenant.tenantId, tenant.domain)
    ]


def identity_token(world: SimpleNamespace, resource: str) -> str:
    """Of the managed identity of the host that this process plays."""
    return ManagedIdentityCredential(client_id=world.identity.clientId).get_token(f"{resource}/.default").token


def workflow_token() -> str:
    return oidc_token("api://any")


def discover(tenant: str, version: str) -> dict:
    """What a tenant's discovery document of that version says."""
    folder = "v2.0/.well-known" if version == "2.0" else ".well-known"
    return discover_at(f"{os.environ['AZURE_AUTHORITY_HOST']}/{tenant}/{folder}")


def discover_workflows() -> dict:
    issuer = os.environ["ACTIONS_ID_TOKEN_REQUEST_URL"].split("/idtoken")[0]
    return discover_at(f"{issuer}/.well-known")


def discover_at(folder: str) -> dict:
    return requests.get(f"{folder}/openid-configuration", timeout=120).json()


def check_claims(claims: dict, version: str, marks: set[str]) -> None:
    """The claims of access-token-claims-reference, and besides them the marks of how the token was obtained."""
    assert set(claims) - {"roles"} == CLAIMS | CLAIMS_OF_VERSION[version] | marks
    assert (claims["ver"], claims["idtyp"], claims["sub"]) == (version, "app", claims["oid"])
    assert claims["iat"] == claims["nbf"]
    lifetime = claims["exp"] - claims["iat"] - 300
    assert lifetime == 86400 if "xms_mirid" in marks else 3600 <= lifetime <= 5400
