import { decodeJwt } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import { createAppService } from "../../src/app-service/app-service.ts";
import { issueManagedIdentityToken } from "../../src/entra/issue-token.ts";
import { createKeyVault } from "../../src/key-vault/key-vault.ts";
import { createResourceManager } from "../../src/resource-manager/resource-manager.ts";
import { createMetadata } from "../../src/surroundings/cloud-metadata.ts";
import { answerOf, withApiVersion } from "../resource-manager/management-client.ts";
import { createMachineWorld, type MachineWorld, TOKEN } from "./machine-world.ts";

// Document: "How managed identities for Azure resources work with Azure virtual machines", its steps in their order.

let world: MachineWorld;
beforeEach(async () => {
  world = await createMachineWorld();
});

describe("How managed identities work with virtual machines: system-assigned", () => {
  it("works from the request that enables the identity to the service that the token is for", async () => {
    // 1 and 2: a service principal in the tenant that the subscription trusts.
    const { identity } = await world.putMachine("vm", { type: "SystemAssigned" });
    const { principalId, tenantId } = identity as { principalId: string; tenantId: string };
    expect(tenantId).toBe(world.tenants.home.tenantId);
    const principal = world.azure.state.servicePrincipals.get(principalId);
    expect(principal).toMatchObject({
      tenantId,
      displayName: "vm",
      servicePrincipalType: "ManagedIdentity",
      alternativeNames: ["isExplicit=False", world.machine("vm")],
    });
    if (principal === undefined) throw new Error("no service principal");
    // 3, 5 and 6: the machine's metadata service has its token.
    const { body } = await world.metadata("vm")(TOKEN);
    expect(decodeJwt(body["access_token"] ?? "")).toMatchObject({
      sub: principalId,
      tid: tenantId,
      xms_mirid: world.machine("vm").replace("/resourceGroups/", "/resourcegroups/"),
    });
    // 7, before and after 4: Resource Manager knows the caller and lets it in by its role alone.
    const before = await read(body["access_token"], world.machine("vm"));
    expect([before.status, before.error.code]).toEqual([403, "AuthorizationFailed"]);
    world.tenants.grant(principal, "Reader", world.machine("vm"));
    expect((await read(body["access_token"], world.machine("vm"))).status).toBe(200);
  });

  it("shares the machine's life: its deletion removes the service principal, and a new machine gets another", async () => {
    const first = principalOf(await world.putMachine("vm", { type: "SystemAssigned" }));
    await world.owner("DELETE", world.machine("vm"));
    expect(world.azure.state.servicePrincipals.has(first)).toBe(false);
    const second = principalOf(await world.putMachine("vm", { type: "SystemAssigned" }));
    expect(second).not.toBe(first);
  });

  it("is gone when it is switched off, and a new one when it is switched on again", async () => {
    const first = principalOf(await world.putMachine("vm", { type: "SystemAssigned" }));
    const patch = (type: string) =>
      world.owner("PATCH", world.machine("vm"), { identity: { type } });
    expect((await patch("None")).body["identity"]).toBeUndefined();
    expect(world.azure.state.servicePrincipals.has(first)).toBe(false);
    const { body } = await world.metadata("vm")(TOKEN);
    expect(body["error_description"]).toBe("Identity not found");
    const second = principalOf((await patch("SystemAssigned")).body);
    expect(second).not.toBe(first);
  });
});

describe("How managed identities work with virtual machines: user-assigned", () => {
  it("works from the identity's creation to the service that the token is for, on several machines", async () => {
    // 1 and 2.
    const { principalId, clientId } = await world.putIdentity("shared");
    const principal = world.azure.state.servicePrincipals.get(principalId);
    expect(principal).toMatchObject({
      appId: clientId,
      tenantId: world.tenants.home.tenantId,
      displayName: "shared",
      servicePrincipalType: "ManagedIdentity",
      alternativeNames: ["isExplicit=True", world.identity("shared")],
    });
    if (principal === undefined) throw new Error("no service principal");
    // 4, which the document allows before 3.
    world.tenants.grant(principal, "Reader", world.identity("shared"));
    // 3, 5, 6 and 7, for each machine.
    for (const name of ["one", "two"]) {
      const machine = await world.putMachine(name, assigned());
      expect(machine["identity"]).toEqual({
        type: "UserAssigned",
        userAssignedIdentities: { [world.identity("shared")]: { principalId, clientId } },
      });
      const { body } = await world.metadata(name)(`${TOKEN}&client_id=${clientId}`);
      expect(decodeJwt(body["access_token"] ?? "").sub).toBe(principalId);
      expect((await read(body["access_token"], world.identity("shared"))).status).toBe(200);
    }
  });

  it("outlives the machines that it is assigned to", async () => {
    const { principalId } = await world.putIdentity("shared");
    for (const name of ["one", "two"]) await world.putMachine(name, assigned());
    await world.owner("DELETE", world.machine("one"));
    const { body } = await world.metadata("two")(TOKEN);
    expect(decodeJwt(body["access_token"] ?? "").sub).toBe(principalId);
    await world.owner("DELETE", world.machine("two"));
    expect(world.azure.state.servicePrincipals.has(principalId)).toBe(true);
  });

  it("takes its service principal along when it is deleted, and no machine gets a token of it any more", async () => {
    const { principalId } = await world.putIdentity("shared");
    for (const name of ["one", "two"]) await world.putMachine(name, assigned());
    await world.owner("DELETE", world.identity("shared"));
    expect(world.azure.state.servicePrincipals.has(principalId)).toBe(false);
    for (const name of ["one", "two"]) {
      const { status, body } = await world.metadata(name)(TOKEN);
      expect([status, body["error_description"]]).toEqual([400, "Identity not found"]);
    }
  });

  it("is another one when it is made again under its name, and a machine's only once it is assigned again", async () => {
    const before = await world.putIdentity("shared");
    await world.putMachine("one", assigned());
    await world.owner("DELETE", world.identity("shared"));
    const after = await world.putIdentity("shared");
    expect(after.principalId).not.toBe(before.principalId);
    expect(after.clientId).not.toBe(before.clientId);
    const { status, body } = await world.metadata("one")(TOKEN);
    expect([status, body["error_description"]]).toEqual([400, "Identity not found"]);
    await world.putMachine("one", assigned());
    const token = (await world.metadata("one")(TOKEN)).body["access_token"];
    expect(decodeJwt(token ?? "").sub).toBe(after.principalId);
  });
});

function assigned() {
  return { type: "UserAssigned", userAssignedIdentities: { [world.identity("shared")]: {} } };
}

async function read(token: string | undefined, id: string) {
  const manager = createResourceManager(
    world.azure,
    createAppService(world.azure, issueManagedIdentityToken),
    createKeyVault(world.azure),
    createMetadata(world.azure),
  );
  const headers = { authorization: `Bearer ${token}` };
  return answerOf(await manager.request(withApiVersion("GET", id), { headers }));
}

function principalOf(machine: Record<string, unknown>): string {
  return (machine["identity"] as { principalId: string }).principalId;
}
