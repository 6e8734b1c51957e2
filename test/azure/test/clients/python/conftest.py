"""What every file here shares: the world's ids, the cloud as its metadata describes it, and two ways of signing in."""

import json
import os
from collections.abc import Callable
from types import SimpleNamespace

import pytest
import requests
from azure.identity import ClientAssertionCredential, ManagedIdentityCredential

EXCHANGE_SCOPE = "api://AzureADTokenExchange/.default"


@pytest.fixture(scope="session")
def world() -> SimpleNamespace:
    return json.loads(os.environ["CLIENTS_WORLD"], object_hook=lambda fields: SimpleNamespace(**fields))


@pytest.fixture(scope="session")
def cloud() -> dict[str, object]:
    """What a management client takes of a custom cloud, from its metadata host."""
    host = os.environ["ARM_METADATA_HOSTNAME"]
    metadata = requests.get(
        f"https://{host}/metadata/endpoints", params={"api-version": "2022-09-01"}, timeout=120
    ).json()
    return {
        "base_url": metadata["resourceManager"],
        "credential_scopes": [metadata["authentication"]["audiences"][0] + "/.default"],
    }


@pytest.fixture
def on_site(world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """This process is the site: IDENTITY_ENDPOINT and IDENTITY_HEADER."""
    play(world.site, monkeypatch)


@pytest.fixture
def on_virtual_machine(world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """This process is the virtual machine: AZURE_POD_IDENTITY_AUTHORITY_HOST."""
    play(world.virtualMachine, monkeypatch)


def play(host: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in vars(host).items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def managed_identity(world: SimpleNamespace, on_site: None) -> ManagedIdentityCredential:
    return ManagedIdentityCredential(client_id=world.identity.clientId)


Exchange = Callable[..., ClientAssertionCredential]


@pytest.fixture
def exchange(world: SimpleNamespace, managed_identity: ManagedIdentityCredential) -> Exchange:
    """The exchange into the resource tenant, as one of the world's applications; the assertion's scope may be another."""

    def sign_in(application: str, tenant_id: str = world.resource.tenantId, scope: str = EXCHANGE_SCOPE):
        return ClientAssertionCredential(
            tenant_id,
            getattr(world.applications, application).clientId,
            lambda: managed_identity.get_token(scope).token,
            disable_instance_discovery=True,
        )

    return sign_in


def oidc_token(audience: str = "api://AzureADTokenExchange") -> str:
    """What a GitHub Actions job with `id-token: write` gets."""
    answer = requests.get(
        os.environ["ACTIONS_ID_TOKEN_REQUEST_URL"],
        params={"audience": audience},
        headers={"authorization": f"Bearer {os.environ['ACTIONS_ID_TOKEN_REQUEST_TOKEN']}"},
        timeout=120,
    )
    return answer.json()["value"]


def deployer(tenant: SimpleNamespace) -> ClientAssertionCredential:
    """A tenant's deployer, signed in by OIDC."""
    return ClientAssertionCredential(
        tenant.tenantId, tenant.deployerClientId, oidc_token, disable_instance_discovery=True
    )


def owner(world: SimpleNamespace) -> ClientAssertionCredential:
    """An application with every right in the resource tenant's subscription, signed in by OIDC."""
    return ClientAssertionCredential(
        world.resource.tenantId,
        world.applications.owner.clientId,
        oidc_token,
        disable_instance_discovery=True,
    )
