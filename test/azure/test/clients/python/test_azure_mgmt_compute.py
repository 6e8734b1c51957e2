"""azure-mgmt-compute: a virtual machine for its identity, which comes and goes with it."""

import pytest
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.mgmt.compute import ComputeManagementClient
from conftest import deployer, owner


def test_creates_reads_lists_updates_and_deletes_a_machine_with_an_identity(world, cloud):
    machines = ComputeManagementClient(owner(world), world.resource.subscriptionId, **cloud).virtual_machines
    body = {
        "location": world.resource.location,
        "identity": {"type": "SystemAssigned"},
        "properties": {"hardwareProfile": {"vmSize": "Standard_B1s"}},
    }
    made = machines.begin_create_or_update("clients", "python-machine", body).result()
    assert made.identity.principal_id
    assert machines.get("clients", "python-machine").identity.principal_id == made.identity.principal_id
    assert "python-machine" in [found.name for found in machines.list("clients")]
    update = {"identity": {"type": "None"}, "tags": {"a": "1"}}
    updated = machines.begin_update("clients", "python-machine", update).result()
    assert (updated.identity, updated.tags) == (None, {"a": "1"})
    machines.begin_delete("clients", "python-machine").result()
    with pytest.raises(ResourceNotFoundError) as missing:
        machines.get("clients", "python-machine")
    assert missing.value.error.code == "ResourceNotFound"


def test_is_refused_to_a_deployer_whose_role_has_no_machines(world, cloud):
    client = ComputeManagementClient(deployer(world.resource), world.resource.subscriptionId, **cloud)
    with pytest.raises(HttpResponseError) as refused:
        list(client.virtual_machines.list("clients"))
    assert refused.value.status_code == 403
