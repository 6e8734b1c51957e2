"""What every file here shares: the world's ids, and the managed identity's token as each kind of client takes it."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from azure.identity import ManagedIdentityCredential

EXCHANGE_SCOPE = "api://AzureADTokenExchange/.default"


@pytest.fixture(scope="session")
def world() -> SimpleNamespace:
    return json.loads(os.environ["CLIENTS_WORLD"], object_hook=lambda fields: SimpleNamespace(**fields))


@pytest.fixture(autouse=True)
def on_site(world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """This process is the site, so that no client looks for a virtual machine's metadata."""
    for name, value in vars(world.site).items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def assertion(world: SimpleNamespace, on_site: None) -> Callable[[], str]:
    credential = ManagedIdentityCredential(client_id=world.identity.clientId)
    return lambda: credential.get_token(EXCHANGE_SCOPE).token


@pytest.fixture
def token_file(assertion: Callable[[], str], tmp_path: Path) -> str:
    """Workload identity: the managed identity's token in a file, as a cluster keeps one."""
    file = tmp_path / "token"
    file.write_text(assertion())
    return str(file)


Options = Callable[..., dict[str, str]]


@pytest.fixture
def storage_options(world: SimpleNamespace, token_file: str) -> Options:
    """How the clients that are made of Rust's object_store sign in, as one of the world's applications."""

    def options(application: str = "trusted", tenant_id: str = world.resource.tenantId) -> dict[str, str]:
        return {
            "account_name": world.container.account,
            "endpoint": f"{world.storage}/{world.container.account}",
            "authority_host": os.environ["AZURE_AUTHORITY_HOST"],
            "tenant_id": tenant_id,
            "client_id": getattr(world.applications, application).clientId,
            "federated_token_file": token_file,
        }

    return options


@pytest.fixture
def azure_credential(world: SimpleNamespace, assertion: Callable[[], str]) -> Callable[..., object]:
    """A credential of Microsoft's for one of the world's applications; `kind` is its class, of azure.identity or its aio."""

    def sign_in(kind: Callable[..., object], application: str = "trusted") -> object:
        client_id = getattr(world.applications, application).clientId
        return kind(world.resource.tenantId, client_id, assertion, disable_instance_discovery=True)

    return sign_in


REFUSALS = [
    pytest.param("withoutRole", "AuthorizationPermissionMismatch", id="missing role"),
    pytest.param("wrongSubject", "AADSTS700213:", id="wrong subject, 700213"),
    pytest.param("wrongIssuer", "AADSTS700211:", id="wrong issuer, 700211"),
    pytest.param("wrongAudience", "AADSTS7002121:", id="wrong audience, 7002121"),
    pytest.param("notAdmitted", "AADSTS7000229:", id="missing service principal, 7000229"),
]
