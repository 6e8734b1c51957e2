"""azure-mgmt-web: a plan and a closed site with an identity, from creation to deletion."""

import pytest
from azure.core.exceptions import ResourceNotFoundError
from azure.mgmt.msi import ManagedServiceIdentityClient
from azure.mgmt.resource.resources import ResourceManagementClient
from azure.mgmt.web import WebSiteManagementClient
from conftest import deployer

GROUP = "python-web"


@pytest.fixture
def identity_id(world, cloud):
    credential, subscription = deployer(world.home), world.home.subscriptionId
    groups = ResourceManagementClient(credential, subscription, **cloud).resource_groups
    groups.create_or_update(GROUP, {"location": world.home.location})
    identities = ManagedServiceIdentityClient(credential, subscription, **cloud).user_assigned_identities
    yield identities.create_or_update(GROUP, "site", {"location": world.home.location}).id
    groups.begin_delete(GROUP).result()


def test_creates_reads_lists_and_deletes_a_site_with_an_identity(world, cloud, identity_id):
    web = WebSiteManagementClient(deployer(world.home), world.home.subscriptionId, **cloud)
    plan = {
        "location": world.home.location,
        "kind": "linux",
        "sku": {"name": "B1", "tier": "Basic"},
        "properties": {"reserved": True},
    }
    made_plan = web.app_service_plans.begin_create_or_update(GROUP, "plan", plan).result()
    site = {
        "location": world.home.location,
        "kind": "app,linux",
        "identity": {"type": "UserAssigned", "userAssignedIdentities": {identity_id: {}}},
        "properties": {
            "serverFarmId": made_plan.id,
            "httpsOnly": True,
            "siteConfig": {"linuxFxVersion": "NODE|24-lts", "ipSecurityRestrictionsDefaultAction": "Deny"},
        },
    }
    made = web.web_apps.begin_create_or_update(GROUP, "python-site", site).result()
    assert made.https_only is True
    assert [found.lower() for found in made.identity.user_assigned_identities] == [identity_id.lower()]
    settings = web.web_apps.update_application_settings(GROUP, "python-site", {"properties": {"A": "1"}})
    assert settings.properties == {"A": "1"}
    assert web.web_apps.list_application_settings(GROUP, "python-site").properties == {"A": "1"}
    assert web.web_apps.get(GROUP, "python-site").server_farm_id == made_plan.id
    assert [found.name for found in web.web_apps.list_by_resource_group(GROUP)] == ["python-site"]
    web.web_apps.delete(GROUP, "python-site", delete_empty_server_farm=False)
    with pytest.raises(ResourceNotFoundError):
        web.web_apps.get(GROUP, "python-site")
    web.app_service_plans.delete(GROUP, "plan")
