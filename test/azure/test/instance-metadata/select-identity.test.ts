import { decodeJwt } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import { createMachineWorld, type MachineWorld, TOKEN } from "./machine-world.ts";

let world: MachineWorld;
let first: { clientId: string; principalId: string };
let second: typeof first;
beforeEach(async () => {
  world = await createMachineWorld();
  first = await world.putIdentity("first");
  second = await world.putIdentity("second");
});

const NOT_FOUND = [400, "invalid_request", "Identity not found"];
const MULTIPLE = [
  400,
  "invalid_request",
  "Multiple user assigned identities exist, please specify the clientId / resourceId of the identity in the token request",
];

describe("Managed identities, frequently asked questions: which identity a machine defaults to", () => {
  it("refuses a machine without identity", async () => {
    await world.putMachine("vm");
    expect(await ask()).toEqual(NOT_FOUND);
  });

  it("refuses to choose among several user-assigned identities", async () => {
    await world.putMachine("vm", userAssigned("first", "second"));
    expect(await ask()).toEqual(MULTIPLE);
  });

  it("takes the only user-assigned identity", async () => {
    await world.putMachine("vm", userAssigned("first"));
    expect(await ask()).toBe(first.principalId);
  });

  it("takes the system-assigned identity, whatever else is assigned", async () => {
    const type = "SystemAssigned, UserAssigned";
    const body = await world.putMachine("vm", { ...userAssigned("first", "second"), type });
    expect(await ask()).toBe((body["identity"] as { principalId: string }).principalId);
  });
});

describe("Use managed identities on a virtual machine to acquire access token: naming an identity", () => {
  beforeEach(async () => {
    await world.putMachine("vm", userAssigned("first", "second"));
  });

  it("refuses an identity of the tenant that is not the machine's, by every name", async () => {
    const other = await world.putIdentity("other");
    expect(await ask(`&client_id=${other.clientId}`)).toEqual(NOT_FOUND);
    expect(await ask(`&object_id=${other.principalId}`)).toEqual(NOT_FOUND);
    expect(await ask(`&msi_res_id=${world.identity("other")}`)).toEqual(NOT_FOUND);
  });

  it("refuses one name in place of another", async () => {
    expect(await ask(`&client_id=${second.principalId}`)).toEqual(NOT_FOUND);
    expect(await ask(`&object_id=${second.clientId}`)).toEqual(NOT_FOUND);
    expect(await ask(`&msi_res_id=${world.machine("vm")}`)).toEqual(NOT_FOUND);
    expect(await ask("&client_id=")).toEqual(NOT_FOUND);
  });

  it("refuses two names at once, also of one identity", async () => {
    const both = `&object_id=${second.principalId}&client_id=${second.clientId}`;
    expect(await ask(both)).toEqual([
      400,
      "invalid_request",
      "The parameters 'object_id' and 'client_id' are mutually exclusive.",
    ]);
  });

  it("takes the system-assigned identity by client id and object id; it is no resource of its own", async () => {
    const body = await world.putMachine("vm", { type: "SystemAssigned" });
    const { principalId } = body["identity"] as { principalId: string };
    const clientId = world.azure.state.servicePrincipals.get(principalId)?.appId;
    expect(await ask(`&client_id=${clientId}`)).toBe(principalId);
    expect(await ask(`&object_id=${principalId}`)).toBe(principalId);
    expect(await ask(`&msi_res_id=${world.machine("vm")}`)).toEqual(NOT_FOUND);
  });

  it("refuses an identity that was deleted, though the machine still lists it", async () => {
    await world.owner("DELETE", world.identity("second"));
    expect(await ask(`&client_id=${second.clientId}`)).toEqual(NOT_FOUND);
    expect(await ask()).toBe(first.principalId);
  });

  it("takes each identity by client id, object id and resource id, in any case", async () => {
    for (const selector of [
      `client_id=${second.clientId}`,
      `client_id=${second.clientId.toUpperCase()}`,
      `object_id=${second.principalId}`,
      `msi_res_id=${world.identity("second")}`,
      `msi_res_id=${world.identity("second").toLowerCase()}`,
      `mi_res_id=${world.identity("second")}`,
    ])
      expect(await ask(`&${selector}`)).toBe(second.principalId);
    expect(await ask(`&client_id=${first.clientId}`)).toBe(first.principalId);
  });
});

function userAssigned(...names: string[]) {
  const assigned = Object.fromEntries(names.map((name) => [world.identity(name), {}]));
  return { type: "UserAssigned", userAssignedIdentities: assigned };
}

/** The subject of the token, or status and words of the refusal. */
async function ask(selector = ""): Promise<unknown> {
  const { status, body } = await world.metadata("vm")(`${TOKEN}${selector}`);
  if (status !== 200) return [status, body["error"], body["error_description"]];
  return decodeJwt(body["access_token"] ?? "").sub;
}
