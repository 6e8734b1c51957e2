"""What every file here shares: a playbook as a process, which knows the local Azure as its cloud and signs in by OIDC."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

Play = Callable[..., dict[str, dict]]


@pytest.fixture(scope="session")
def world() -> SimpleNamespace:
    return json.loads(os.environ["CLIENTS_WORLD"], object_hook=lambda fields: SimpleNamespace(**fields))


@pytest.fixture(scope="session")
def environment(tmp_path_factory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("ansible")
    return os.environ | {
        # The collection takes a cloud by its Resource Manager's address out of those that are described here.
        "ARM_CLOUD_METADATA_URL": f"https://{os.environ['ARM_METADATA_HOSTNAME']}/metadata/endpoints?api-version=2019-05-01",
        "AZURE_CONFIG_DIR": str(folder),
        "ANSIBLE_HOME": str(folder),
        "ANSIBLE_STDOUT_CALLBACK": "ansible.posix.json",
        "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
        "ANSIBLE_LOCALHOST_WARNING": "false",
        "ANSIBLE_PYTHON_INTERPRETER": sys.executable,
    }


@pytest.fixture(scope="session")
def play(world, environment) -> Play:
    """Runs a playbook with variables; answers what became of its tasks, by their names."""
    variables = {
        "cloud": world.resourceManager,
        "tenant": world.home.tenantId,
        "subscription": world.home.subscriptionId,
        "location": world.home.location,
        "client": world.applications.homeOwner.clientId,
        "identity": world.identity.clientId,
        "principal": world.identity.principalId,
        "token_url": f"{os.environ['ACTIONS_ID_TOKEN_REQUEST_URL']}&audience=api://AzureADTokenExchange",
        "token_headers": {"authorization": f"Bearer {os.environ['ACTIONS_ID_TOKEN_REQUEST_TOKEN']}"},
        "group": "ansible",
        "account": "ansiblesuite",
        "site": "ansible-suite",
        "vault": "ansible-suite",
    }

    def run(playbook: str, *arguments: str, host: SimpleNamespace | None = None, **changed: str) -> dict[str, dict]:
        command = [str(Path(sys.executable).with_name("ansible-playbook")), playbook, *arguments]
        settings = environment | (vars(host) if host else {})
        extra = ["--extra-vars", json.dumps(variables | changed)]
        ran = subprocess.run(command + extra, env=settings, capture_output=True, text=True, timeout=900)
        assert ran.stdout.startswith("{"), ran.stdout + ran.stderr
        (played,) = json.loads(ran.stdout)["plays"]
        return {task["task"]["name"]: task["hosts"]["localhost"] for task in played["tasks"]}

    return run
