"""az role: the role files and the condition of infra/roles, as the README's "Deploy to your own tenants" uses them."""

import json
from pathlib import Path

import pytest

ROLES = Path(__file__).parents[5] / "infra" / "roles"


@pytest.fixture
def role_file(world, tmp_path):
    """A role file with the subscription's id put in; under another name, because the seeded deployers hold the role."""

    def write(side: str) -> tuple[str, str]:
        role = json.loads((ROLES / f"{side}-deployer.json").read_text())
        subscription = f"/subscriptions/{getattr(world, side).subscriptionId}"
        role |= {"Name": f"{role['Name']} by az", "AssignableScopes": [subscription]}
        file = tmp_path / f"{side}.json"
        file.write_text(json.dumps(role))
        return role["Name"], str(file)

    return write


def test_definition_create_update_list_and_delete(home_owner, role_file):
    name, file = role_file("home")
    made = home_owner(f"role definition create --role-definition @{file}")
    assert "Microsoft.Web/sites/publish/action" in made["permissions"][0]["actions"]
    changed = made | {"description": "changed"}
    home_owner("role definition update --role-definition", json.dumps(changed))
    (found,) = home_owner("role definition list --custom-role-only --name", name)
    assert found["description"] == "changed"
    home_owner("role definition delete --name", name)
    assert home_owner("role definition list --custom-role-only --name", name) == []


def test_definition_create_refused_when_the_name_exists(home_owner, role_file):
    _, file = role_file("home")
    existing = Path(file).read_text().replace(" by az", "")
    refused = home_owner.refused("role definition create --role-definition", existing)
    assert "(RoleDefinitionWithSameNameExists)" in refused


def test_assignment_create_list_and_delete_with_the_condition(world, resource_owner, role_file):
    name, file = role_file("resource")
    scope = f"/subscriptions/{world.resource.subscriptionId}"
    resource_owner(f"role definition create --role-definition @{file}")
    client_id = resource_owner("ad app create --display-name az-deployer")["appId"]
    resource_owner(f"ad sp create --id {client_id}")
    condition = (ROLES / "resource-deployer-condition.txt").read_text()
    of = f"--assignee {client_id} --scope {scope} --role"
    create = ["--condition-version", "2.0", "--condition", condition]
    made = resource_owner(f"role assignment create {of}", name, *create)
    assert made["conditionVersion"] == "2.0"
    (found,) = resource_owner(f"role assignment list --assignee {client_id} --scope {scope}")
    assert (found["principalName"], found["roleDefinitionName"]) == (client_id, name)
    assert "(RoleDefinitionHasAssignments)" in resource_owner.refused("role definition delete --name", name)
    resource_owner(f"role assignment delete {of}", name)
    resource_owner("role definition delete --name", name)
    resource_owner(f"ad app delete --id {client_id}")


def test_assignment_create_refused_by_the_deployers_condition(world, resource_deployer):
    refused = resource_deployer.refused(
        f"role assignment create --assignee-object-id {world.applications.withoutRole.objectId}"
        f" --assignee-principal-type ServicePrincipal --role Owner --scope /subscriptions/{world.resource.subscriptionId}"
    )
    assert "(AuthorizationFailed)" in refused
    assert "'Microsoft.Authorization/roleAssignments/write'" in refused


def test_assignment_create_refused_for_a_principal_that_does_not_exist(world, resource_owner):
    refused = resource_owner.refused(
        "role assignment create --assignee-object-id 99999999-9999-4999-8999-999999999999"
        f" --assignee-principal-type ServicePrincipal --role Reader --scope /subscriptions/{world.resource.subscriptionId}"
    )
    assert "(PrincipalNotFound)" in refused
