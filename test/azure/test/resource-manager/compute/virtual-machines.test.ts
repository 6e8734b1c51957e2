import { beforeEach, describe, expect, it } from "vitest";
import { createAppService } from "../../../src/app-service/app-service.ts";
import { issueManagedIdentityToken } from "../../../src/entra/issue-token.ts";
import { createMachineWorld, type MachineWorld } from "../../instance-metadata/machine-world.ts";
import { createManagement } from "../management-client.ts";

// Documents: REST reference "Virtual Machines"; "Configure managed identities on an Azure VM using REST API calls".

let world: MachineWorld;
let vm: string;
beforeEach(async () => {
  world = await createMachineWorld();
  vm = world.machine("vm");
});

const body = (properties: Record<string, unknown> = {}, identity?: unknown) => ({
  location: "westeurope",
  tags: { stage: "dev" },
  properties: { hardwareProfile: { vmSize: "Standard_B1s" }, ...properties },
  ...(identity === undefined ? {} : { identity }),
});

describe("Virtual Machines", () => {
  it("refuses a machine without location", async () => {
    const { status, error } = await world.owner("PUT", vm, { properties: {} });
    expect([status, error]).toEqual([
      400,
      {
        code: "LocationRequired",
        message: "The location property is required for this definition.",
      },
    ]);
  });

  it("refuses to change a machine that does not exist", async () => {
    const { status, error } = await world.owner("PATCH", vm, { tags: {} });
    expect([status, error.code]).toEqual([404, "ResourceNotFound"]);
    expect(error.message).toContain(
      "The Resource 'Microsoft.Compute/virtualMachines/vm' under resource group 'rg' was not found.",
    );
  });

  it("refuses an identity that the caller may not assign", async () => {
    await world.putIdentity("machine");
    const { tenants, azure } = world;
    const id = world.identity("machine");
    const contributor = tenants.principal(tenants.home);
    tenants.grant(contributor, "Contributor", vm);
    const as = createManagement(
      { ...tenants, azure },
      createAppService(azure, issueManagedIdentityToken),
    )(contributor);
    const assigned = { type: "UserAssigned", userAssignedIdentities: { [id]: {} } };
    const { status, error } = await as("PUT", vm, body({}, assigned));
    expect([status, error]).toEqual([
      403,
      {
        code: "LinkedAuthorizationFailed",
        message: `The client '${contributor.appId}' with object id '${contributor.objectId}' has permission to perform action 'Microsoft.Compute/virtualMachines/write' on scope '${vm}'; however, it does not have permission to perform action(s) 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action' on the linked scope(s) '${id}' (respectively) or the linked scope(s) are invalid.`,
      },
    ]);
  });

  it("answers what was written, with an id of its own that stays", async () => {
    const created = await world.owner("PUT", vm, body());
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      id: vm,
      name: "vm",
      type: "Microsoft.Compute/virtualMachines",
      location: "westeurope",
      tags: { stage: "dev" },
      properties: {
        hardwareProfile: { vmSize: "Standard_B1s" },
        vmId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
        timeCreated: new Date(world.clock.milliseconds).toISOString(),
        provisioningState: "Creating",
      },
    });
    const read = await world.owner("GET", vm);
    const properties = { ...Object(created.body["properties"]), provisioningState: "Succeeded" };
    expect(read.body).toEqual({ ...created.body, properties });
    const again = await world.owner("PUT", vm, body());
    expect([again.status, again.headers.has("azure-asyncoperation")]).toEqual([200, true]);
    expect(again.body["properties"]).toMatchObject({ provisioningState: "Updating" });
    expect((await world.owner("GET", vm)).body).toEqual(read.body);
  });

  it("keeps no password: neither its answers nor its state have one", async () => {
    const osProfile = {
      adminUsername: "azureuser",
      adminPassword: "pass-word",
      customData: "ZGF0YQ==",
    };
    const { body: answer } = await world.owner("PUT", vm, body({ osProfile }));
    expect(answer["properties"]).toMatchObject({ osProfile: { adminUsername: "azureuser" } });
    const known = JSON.stringify([answer, [...world.azure.state.resources.values()]]);
    for (const secret of ["pass-word", "ZGF0YQ=="]) expect(known).not.toContain(secret);
  });

  it("changes by PATCH what the body names and leaves the rest", async () => {
    await world.owner("PUT", vm, body({ priority: "Regular" }, { type: "SystemAssigned" }));
    const before = (await world.owner("GET", vm)).body;
    const patch = { properties: { hardwareProfile: { vmSize: "Standard_B2s" } } };
    const { body: patched } = await world.owner("PATCH", vm, patch);
    expect(patched["properties"]).toMatchObject({ provisioningState: "Updating" });
    expect((await world.owner("GET", vm)).body).toEqual({
      ...before,
      properties: { ...(before["properties"] as object), ...patch.properties },
    });
  });

  it("is listed, and gone when it is deleted", async () => {
    await world.owner("PUT", vm, body());
    const list = vm.slice(0, vm.lastIndexOf("/"));
    expect((await world.owner("GET", list)).body).toMatchObject({ value: [{ id: vm }] });
    expect((await world.owner("DELETE", vm)).status).toBe(202);
    expect((await world.owner("GET", vm)).status).toBe(404);
    expect((await world.owner("DELETE", vm)).status).toBe(204);
  });
});

describe("Configure managed identities on an Azure VM using REST API calls", () => {
  it("adds by PATCH the identities that it names and removes those it names with null", async () => {
    await world.putIdentity("one");
    await world.putIdentity("two");
    const [one, two] = [world.identity("one"), world.identity("two")];
    await world.owner("PUT", vm, body({}, assign({ [one]: {} }).identity));
    const added = await world.owner("PATCH", vm, assign({ [two]: {} }));
    expect(assignedTo(added.body)).toEqual([one, two]);
    const removed = await world.owner("PATCH", vm, assign({ [one.toLowerCase()]: null }));
    expect(assignedTo(removed.body)).toEqual([two]);
  });

  it("keeps the user-assigned identities when the system-assigned one comes and goes", async () => {
    await world.putIdentity("one");
    const one = world.identity("one");
    await world.owner("PUT", vm, body({}, assign({ [one]: {} }).identity));
    const both = await world.owner("PATCH", vm, assign({}, "SystemAssigned, UserAssigned"));
    expect(both.body["identity"]).toMatchObject({
      type: "SystemAssigned, UserAssigned",
      principalId: expect.any(String) as unknown,
      tenantId: world.tenants.home.tenantId,
    });
    expect(assignedTo(both.body)).toEqual([one]);
    const left = await world.owner("PATCH", vm, assign({}));
    expect(left.body["identity"]).not.toHaveProperty("principalId");
    expect(assignedTo(left.body)).toEqual([one]);
  });
});

function assign(entries: Record<string, unknown>, type = "UserAssigned") {
  return { identity: { type, userAssignedIdentities: entries } };
}

function assignedTo(machine: Record<string, unknown>): string[] {
  const { userAssignedIdentities } = machine["identity"] as { userAssignedIdentities: object };
  return Object.keys(userAssignedIdentities);
}
