"""az group, and what a group's resources are read, tagged and locked by."""

import json


def test_create_exists_show_list_and_delete(home_deployer):
    home_deployer("group create -n az-short -l westeurope")
    assert home_deployer("group exists -n az-short") is True
    assert "az-short" in [group["name"] for group in home_deployer("group list")]
    home_deployer("group delete -n az-short --yes")
    assert home_deployer("group exists -n az-short") is False


def test_tag_create_update_and_list(world, home_owner, home_group):
    of = f"--resource-id /subscriptions/{world.home.subscriptionId}/resourceGroups/{home_group}"
    home_owner(f"tag create {of} --tags a=1")
    home_owner(f"tag update {of} --operation merge --tags b=2")
    assert home_owner(f"tag list {of}")["properties"]["tags"] == {"a": "1", "b": "2"}


def test_resource_show_tag_and_list(home_owner, home_group):
    made = home_owner(f"identity create -g {home_group} -n tagged")
    home_owner(f"resource tag --ids {made['id']} --tags suite=az")
    assert home_owner(f"resource show --ids {made['id']}")["properties"]["clientId"] == made["clientId"]
    assert [found["name"] for found in home_owner("resource list --tag suite=az")] == ["tagged"]


def test_lock_create_list_and_delete(home_owner, home_group):
    made = home_owner(f"identity create -g {home_group} -n locked")
    home_owner(f"lock create -n keep --lock-type CanNotDelete -g {home_group}")
    assert [lock["name"] for lock in home_owner(f"lock list -g {home_group}")] == ["keep"]
    refused = home_owner.refused(f"identity delete --ids {made['id']}")
    assert "(ScopeLocked)" in refused
    home_owner(f"lock delete -n keep -g {home_group}")
    home_owner(f"identity delete --ids {made['id']}")


def test_deployment_is_not_emulated(home_owner, home_group, tmp_path):
    template = tmp_path / "template.json"
    schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
    template.write_text(json.dumps({"$schema": schema, "contentVersion": "1.0.0.0", "resources": []}))
    refused = home_owner.refused(f"deployment group create -g {home_group} --template-file {template}")
    assert "NotImplemented" in refused


def test_provider_register_show_and_list(home_owner):
    home_owner("provider register -n Microsoft.Web --wait")
    assert home_owner("provider show -n Microsoft.Web")["registrationState"] == "Registered"
    assert "Microsoft.ManagedIdentity" in [found["namespace"] for found in home_owner("provider list")]
