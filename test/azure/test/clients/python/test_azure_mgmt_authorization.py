"""azure-mgmt-authorization: a role at a container by a deployer whose right to assign is limited by a condition."""

import uuid

import pytest
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.mgmt.authorization import AuthorizationManagementClient
from azure.storage.blob import ContainerClient
from conftest import deployer

BLOB_DATA_CONTRIBUTOR = "ba92f5b4-2d11-453d-a403-e96b0029c9fe"
BLOB_DATA_OWNER = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b"


@pytest.fixture
def authorization(world, cloud) -> AuthorizationManagementClient:
    return AuthorizationManagementClient(deployer(world.resource), world.resource.subscriptionId, **cloud)


@pytest.fixture
def container_id(world) -> str:
    return (
        f"/subscriptions/{world.resource.subscriptionId}/resourceGroups/clients/providers"
        f"/Microsoft.Storage/storageAccounts/{world.container.account}"
        f"/blobServices/default/containers/{world.container.name}"
    )


def assignment(world, role: str) -> dict:
    scope = f"/subscriptions/{world.resource.subscriptionId}"
    return {
        "role_definition_id": f"{scope}/providers/Microsoft.Authorization/roleDefinitions/{role}",
        "principal_id": world.applications.python.objectId,
        "principal_type": "ServicePrincipal",
    }


def test_assigns_reads_lists_and_removes_a_role_that_opens_the_container(
    authorization, world, container_id, exchange
):
    blobs = ContainerClient(
        f"{world.storage}/{world.container.account}", world.container.name, exchange("python")
    )
    assignments, name = authorization.role_assignments, str(uuid.uuid4())
    made = assignments.create(container_id, name, assignment(world, BLOB_DATA_CONTRIBUTOR))
    assert (made.scope, made.principal_id) == (container_id, world.applications.python.objectId)
    blobs.upload_blob("python/role", b"let in", overwrite=True)
    assert assignments.get(container_id, name).id == made.id
    assert assignments.get_by_id(made.id).name == name
    mine = assignments.list_for_scope(container_id, filter=f"principalId eq '{made.principal_id}'")
    assert [found.name for found in mine] == [name]
    assert assignments.delete(container_id, name).id == made.id
    with pytest.raises(HttpResponseError) as refused:
        blobs.upload_blob("python/role", b"", overwrite=True)
    assert refused.value.error_code == "AuthorizationPermissionMismatch"
    with pytest.raises(ResourceNotFoundError) as missing:
        assignments.get(container_id, name)
    assert missing.value.error.code == "RoleAssignmentNotFound"


def test_is_refused_a_role_beyond_the_condition(authorization, world, container_id):
    with pytest.raises(HttpResponseError) as refused:
        authorization.role_assignments.create(container_id, str(uuid.uuid4()), assignment(world, BLOB_DATA_OWNER))
    assert (refused.value.status_code, refused.value.error.code) == (403, "AuthorizationFailed")


def test_is_refused_a_principal_that_does_not_exist(authorization, world, container_id):
    unknown = {**assignment(world, BLOB_DATA_CONTRIBUTOR), "principal_id": str(uuid.uuid4())}
    with pytest.raises(HttpResponseError) as refused:
        authorization.role_assignments.create(container_id, str(uuid.uuid4()), unknown)
    assert (refused.value.status_code, refused.value.error.code) == (400, "PrincipalNotFound")


def test_finds_a_role_definition_by_name_and_by_id(authorization, container_id):
    [found] = authorization.role_definitions.list(
        container_id, filter="roleName eq 'Storage Blob Data Contributor'"
    )
    assert (found.name, found.role_type) == (BLOB_DATA_CONTRIBUTOR, "BuiltInRole")
    read = authorization.role_definitions.get(container_id, BLOB_DATA_CONTRIBUTOR)
    assert read.permissions[0].data_actions
