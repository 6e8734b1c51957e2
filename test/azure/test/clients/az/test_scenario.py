"""The project's scenario by the CLI alone: an identity of the home tenant uses a container of the resource tenant."""

import json

import pytest

ROLE = "Storage Blob Data Contributor"


@pytest.fixture(scope="module")
def container(resource_owner, resource_group) -> dict:
    """A container's id, and how its blobs are named."""
    name = "azscenario"
    account = resource_owner(f"storage account create -g {resource_group} -n {name} --allow-shared-key-access false")
    made = resource_owner(f"storage container-rm create -g {resource_group} --storage-account {name} -n invoices")
    endpoint = account["primaryEndpoints"]["blob"]
    return {"id": made["id"], "blobs": f"--auth-mode login --blob-endpoint {endpoint} -c invoices"}


def test_identity_application_credential_service_principal_role_and_exchange(
    world, home_deployer, home_group, resource_deployer, container, home_owner, site, profile, tmp_path
):
    # Home tenant: the identity, the application that trusts it, and a host for the identity.
    identity = home_deployer(f"identity create -g {home_group} -n scenario")
    client_id = home_deployer("ad app create --display-name scenario --sign-in-audience AzureADMultipleOrgs")["appId"]
    login = home_deployer("cloud show")["endpoints"]["activeDirectory"]
    credential = {
        "name": "site",
        "issuer": f"{login}/{world.home.tenantId}/v2.0",
        "subject": identity["principalId"],
        "audiences": ["api://AzureADTokenExchange"],
    }
    of = f"ad app federated-credential create --id {client_id} --parameters"
    home_deployer(of, json.dumps(credential))
    home_owner(f"webapp identity assign -g host -n host --identities {identity['id']}")
    # Resource tenant: the service principal and its role.
    principal = resource_deployer(f"ad sp create --id {client_id}")
    resource_deployer(
        f"role assignment create --assignee-object-id {principal['id']} --assignee-principal-type ServicePrincipal"
        f" --scope {container['id']} --role",
        ROLE,
    )
    # The site: its identity's token, the exchange, a blob.
    site(f"login --identity --client-id {identity['clientId']} --allow-no-subscriptions")
    token = site("account get-access-token --resource api://AzureADTokenExchange")["accessToken"]
    application = profile()
    application(
        f"login --service-principal --username {client_id} --tenant {world.resource.tenantId} --federated-token {token}"
        " --allow-no-subscriptions"
    )
    file = tmp_path / "file"
    file.write_text("over the border")
    application(f"storage blob upload {container['blobs']} -n hello -f {file}")
    (blob,) = application(f"storage blob list {container['blobs']}")
    assert blob["name"] == "hello"
