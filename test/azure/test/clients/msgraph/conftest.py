"""What every file here shares: clients of the directories, signed in by OIDC."""

import asyncio
import json
import os
from collections.abc import Callable, Coroutine
from types import SimpleNamespace

import pytest
import requests
from azure.identity.aio import ClientAssertionCredential
from msgraph import GraphServiceClient

Directory = Callable[[Callable[[GraphServiceClient], Coroutine]], object]


@pytest.fixture(scope="session")
def world() -> SimpleNamespace:
    return json.loads(os.environ["CLIENTS_WORLD"], object_hook=lambda fields: SimpleNamespace(**fields))


@pytest.fixture(scope="session")
def graph() -> str:
    """Microsoft Graph's address, from the cloud's metadata."""
    host = os.environ["ARM_METADATA_HOSTNAME"]
    parameters = {"api-version": "2022-09-01"}
    return requests.get(f"https://{host}/metadata/endpoints", parameters, timeout=120).json()["microsoftGraphResourceId"]


def oidc_token() -> str:
    """What a GitHub Actions job with `id-token: write` gets."""
    answer = requests.get(
        os.environ["ACTIONS_ID_TOKEN_REQUEST_URL"],
        params={"audience": "api://AzureADTokenExchange"},
        headers={"authorization": f"Bearer {os.environ['ACTIONS_ID_TOKEN_REQUEST_TOKEN']}"},
        timeout=120,
    )
    return answer.json()["value"]


def directory(graph: str, tenant_id: str, client_id: str) -> Directory:
    """Runs what is to be done in a tenant's directory as an application."""

    async def run(use: Callable[[GraphServiceClient], Coroutine]) -> object:
        credential = ClientAssertionCredential(tenant_id, client_id, oidc_token, disable_instance_discovery=True)
        async with credential:
            client = GraphServiceClient(credential, [f"{graph}/.default"])
            client.request_adapter.base_url = f"{graph}/v1.0"
            return await use(client)

    return lambda use: asyncio.run(run(use))


@pytest.fixture
def home(world, graph) -> Directory:
    """The home tenant's directory for who may write every application."""
    return directory(graph, world.home.tenantId, world.applications.homeOwner.clientId)


@pytest.fixture
def home_deployer(world, graph) -> Directory:
    """The home tenant's directory for who may write its own applications."""
    return directory(graph, world.home.tenantId, world.home.deployerClientId)


@pytest.fixture
def resource(world, graph) -> Directory:
    """The resource tenant's directory for who may write every application."""
    return directory(graph, world.resource.tenantId, world.applications.owner.clientId)
