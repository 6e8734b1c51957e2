"""azure-mgmt-resource-subscriptions: what a deployer sees of tenants and subscriptions."""

import pytest
from azure.mgmt.resource.subscriptions import SubscriptionClient
from conftest import deployer, owner


@pytest.fixture
def client(world, cloud) -> SubscriptionClient:
    return SubscriptionClient(deployer(world.resource), **cloud)


def test_lists_its_own_tenants_subscriptions(client, world):
    assert [found.subscription_id for found in client.subscriptions.list()] == [world.resource.subscriptionId]


def test_reads_a_subscription(world, cloud):
    found = SubscriptionClient(owner(world), **cloud).subscriptions.get(world.resource.subscriptionId)
    assert (found.state, found.tenant_id) == ("Enabled", world.resource.tenantId)


def test_lists_its_own_tenants(client, world):
    assert [found.tenant_id for found in client.tenants.list()] == [world.resource.tenantId]


def test_lists_locations(world, cloud):
    found = SubscriptionClient(owner(world), **cloud).subscriptions.list_locations(world.resource.subscriptionId)
    assert world.resource.location in [location.name for location in found]
