"""What every file here shares: the CLI as a process, signed in as one of the world's principals."""

import json
import os
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
import requests

# The life of a GitHub Actions job's token is 5 minutes; the CLI keeps the token that it was given and cannot renew it.
ASSERTION_SECONDS = 240


class Az:
    """One profile of the CLI: an AZURE_CONFIG_DIR that knows the local Azure as its cloud."""

    def __init__(self, folder: Path, environment: dict[str, str], sign_in: str | None = None):
        self.environment = environment | {"AZURE_CONFIG_DIR": str(folder)}
        self.sign_in = sign_in
        self.signed_in_at = -ASSERTION_SECONDS

    def __call__(self, command: str, *arguments: str):
        """What the command answers; `arguments` are what a shell would have to quote."""
        ran = self._run(command, *arguments)
        assert ran.returncode == 0, f"az {command}\n{ran.stderr}"
        return json.loads(ran.stdout) if ran.stdout.strip() else None

    def refused(self, command: str, *arguments: str) -> str:
        """What the command says when it is refused."""
        ran = self._run(command, *arguments)
        assert ran.returncode != 0, f"az {command}\n{ran.stdout}"
        return ran.stderr

    def _run(self, command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        if self.sign_in is not None and time.monotonic() - self.signed_in_at > ASSERTION_SECONDS:
            self.signed_in_at = time.monotonic()
            signed_in = self._start(f"{self.sign_in} --federated-token {oidc_token()}")
            assert signed_in.returncode == 0, signed_in.stderr
        return self._start(command, *arguments)

    def _start(self, command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-m", "azure.cli", *shlex.split(command), *arguments, "--output", "json"]
        return subprocess.run(words, env=self.environment, capture_output=True, text=True, timeout=900)


def oidc_token(audience: str = "api://AzureADTokenExchange") -> str:
    """What a GitHub Actions job with `id-token: write` gets."""
    answer = requests.get(
        os.environ["ACTIONS_ID_TOKEN_REQUEST_URL"],
        params={"audience": audience},
        headers={"authorization": f"Bearer {os.environ['ACTIONS_ID_TOKEN_REQUEST_TOKEN']}"},
        timeout=120,
    )
    return answer.json()["value"]


@pytest.fixture(scope="session")
def world() -> SimpleNamespace:
    return json.loads(os.environ["CLIENTS_WORLD"], object_hook=lambda fields: SimpleNamespace(**fields))


@pytest.fixture(scope="session")
def environment(world) -> dict[str, str]:
    """Names under localhost are the proxy's to resolve, and the CLI reports to nobody."""
    inherited = {name: value for name, value in os.environ.items() if name.upper() != "NO_PROXY"}
    return inherited | {
        "HTTPS_PROXY": world.proxy,
        "AZURE_CORE_COLLECT_TELEMETRY": "false",
        "AZURE_CORE_ONLY_SHOW_ERRORS": "true",
    }


@pytest.fixture(scope="session")
def profile(world, environment, tmp_path_factory):
    """Makes a profile, of a cloud that is registered once."""
    registered = tmp_path_factory.mktemp("cloud")
    az = Az(registered, environment)
    suffix = urlsplit(world.storage).netloc
    az(
        f"cloud register -n LocalAzure --endpoint-resource-manager {world.resourceManager}"
        f" --suffix-storage-endpoint {suffix}"
    )
    az("cloud set -n LocalAzure")
    az("config set core.instance_discovery=false")

    def make(sign_in: str | None = None, **variables: str) -> Az:
        folder = tmp_path_factory.mktemp("profile")
        shutil.copytree(registered, folder, dirs_exist_ok=True)
        return Az(folder, environment | variables, sign_in)

    return make


def _as(client_id: str, tenant) -> str:
    return f"login --service-principal --username {client_id} --tenant {tenant.tenantId}"


@pytest.fixture(scope="session")
def home_deployer(world, profile) -> Az:
    return profile(_as(world.home.deployerClientId, world.home))


@pytest.fixture(scope="session")
def resource_deployer(world, profile) -> Az:
    return profile(_as(world.resource.deployerClientId, world.resource))


@pytest.fixture(scope="session")
def home_owner(world, profile) -> Az:
    return profile(_as(world.applications.homeOwner.clientId, world.home))


@pytest.fixture(scope="session")
def resource_owner(world, profile) -> Az:
    return profile(_as(world.applications.owner.clientId, world.resource))


@pytest.fixture(scope="session")
def site(world, profile) -> Az:
    """Runs on the site: IDENTITY_ENDPOINT and IDENTITY_HEADER."""
    return profile(**vars(world.site))


@pytest.fixture(scope="session")
def home_group(home_owner) -> str:
    home_owner("group create -n az -l westeurope")
    return "az"


@pytest.fixture(scope="session")
def resource_group(resource_owner) -> str:
    resource_owner("group create -n az -l northeurope")
    return "az"
