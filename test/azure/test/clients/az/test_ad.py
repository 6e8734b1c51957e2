"""az ad: applications, their federated credentials and service principals."""

import json

import pytest

CREDENTIAL = {"name": "ci-job", "issuer": "https://ci.example", "subject": "main", "audiences": ["api://AzureADTokenExchange"]}


@pytest.fixture(scope="module")
def application(home_deployer) -> str:
    """A multitenant application's client id."""
    made = home_deployer("ad app create --display-name az-suite --sign-in-audience AzureADMultipleOrgs")
    return made["appId"]


def test_app_update_show_and_list(home_deployer, application):
    home_deployer(f"ad app update --id {application} --identifier-uris api://{application} --set notes=hello")
    assert home_deployer(f"ad app show --id api://{application}")["notes"] == "hello"
    (found,) = home_deployer("ad app list --display-name az-suite")
    assert found["appId"] == application
    (owner,) = home_deployer(f"ad app owner list --id {application}")
    assert owner["displayName"] == "home-deployer"


def test_app_federated_credential_create_update_list_and_delete(home_deployer, application):
    group = f"ad app federated-credential {{}} --id {application}"
    made = home_deployer(group.format("create"), "--parameters", json.dumps(CREDENTIAL))
    assert made["subject"] == "main"
    named = f"{group} --federated-credential-id ci-job"
    home_deployer(named.format("update"), "--parameters", json.dumps(CREDENTIAL | {"subject": "release"}))
    assert home_deployer(named.format("show"))["subject"] == "release"
    home_deployer(named.format("delete"))
    assert home_deployer(group.format("list")) == []


def test_sp_create_show_and_delete_in_the_other_tenant(resource_deployer, application):
    made = resource_deployer(f"ad sp create --id {application}")
    assert (made["appId"], made["servicePrincipalType"]) == (application, "Application")
    (found,) = resource_deployer(f"ad sp list --spn {application}")
    assert found["id"] == made["id"]
    again = resource_deployer.refused(f"ad sp create --id {application}")
    assert f"the service principal name {application} is already in use" in again
    resource_deployer(f"ad sp delete --id {application}")


def test_rest_asks_graph(world, home_deployer, application):
    graph = home_deployer("cloud show")["endpoints"]["microsoftGraphResourceId"]
    found = home_deployer("rest --url", f"{graph}/v1.0/applications(appId='{application}')?$select=displayName")
    assert found["displayName"] == "az-suite"


def test_app_delete_refused_to_who_does_not_own_it(home_owner, home_deployer):
    foreign = home_owner("ad app create --display-name az-foreign")["appId"]
    refused = home_deployer.refused(f"ad app delete --id {foreign}")
    assert "Insufficient privileges to complete the operation." in refused
    home_owner(f"ad app delete --id {foreign}")


def test_sp_create_refused_for_an_identitys_client_id(world, resource_deployer):
    refused = resource_deployer.refused(f"ad sp create --id {world.identity.clientId}")
    assert "does not reference a valid application object" in refused


def test_app_list_show_mine_refused_to_an_application(home_deployer):
    refused = home_deployer.refused("ad app list --show-mine")
    assert "/me request is only valid with delegated authentication flow." in refused


def test_app_credential_reset_is_not_emulated(home_deployer, application):
    refused = home_deployer.refused(f"ad app credential reset --id {application}")
    assert "addPassword is not emulated by the local Azure" in refused
