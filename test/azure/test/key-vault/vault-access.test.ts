import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { VaultWorld } from "./vault-world.ts";

// Documents: Key Vault developer's guide, "Azure RBAC", "Network security".
// What this cannot prove: sockets and TLS, and the official client.

let world: VaultWorld;

beforeAll(async () => {
  world = await VaultWorld.start();
});

beforeEach(async () => {
  world = world.renew();
  await world.set("one");
});

describe("Key Vault, network", () => {
  it("refuses every request to a vault without public network access", async () => {
    world.vault.properties["publicNetworkAccess"] = "Disabled";
    const { status, error } = await world.send("GET", "/secrets/one");
    expect([status, error]).toEqual([
      403,
      {
        code: "Forbidden",
        message: `Public network access is disabled and request is not from a trusted service nor via an approved private link.\r\n${caller()}`,
        innererror: { code: "ForbiddenByConnection" },
      },
    ]);
  });

  it("refuses every request to a vault whose network rules deny by default", async () => {
    world.vault.properties["networkAcls"] = { defaultAction: "Deny", ipRules: [] };
    const { status, error } = await world.send("GET", "/secrets/one");
    expect([status, error]).toEqual([
      403,
      {
        code: "Forbidden",
        message: `Client address is not authorized and caller is not a trusted service.\r\nClient address: 127.0.0.1\r\n${caller()}`,
        innererror: { code: "ForbiddenByFirewall" },
      },
    ]);
  });
});

describe("Key Vault, Azure RBAC", () => {
  const secrets = "Microsoft.KeyVault/vaults/secrets";

  it("refuses the contacts of certificates to who may read secrets only", async () => {
    const { status, error } = await world.send("GET", "/certificates/contacts");
    expect([status, error]).toMatchObject([
      403,
      {
        message: expect.stringContaining(
          "Action: 'Microsoft.KeyVault/vaults/certificatecontacts/write'",
        ),
        innererror: { code: "ForbiddenByRbac" },
      },
    ]);
  });

  it("knows no contacts of certificates, of which there are none", async () => {
    const principal = world.tenants.principal(world.tenants.home);
    world.tenants.grant(principal, "Key Vault Administrator", world.vault.id);
    const { status, error } = await world.send("GET", "/certificates/contacts", { principal });
    expect([status, error]).toEqual([
      404,
      { code: "ContactsNotFound", message: "Contacts not found" },
    ]);
  });

  it("refuses a principal without role, naming action and resource", async () => {
    const nobody = world.tenants.principal(world.tenants.home);
    const { status, error } = await world.send("GET", "/secrets/one", { principal: nobody });
    const { subscriptionId } = world.tenants.home;
    expect([status, error]).toEqual([
      403,
      {
        code: "Forbidden",
        message: [
          "Caller is not authorized to perform action on resource.",
          "If role assignments, deny assignments or role definitions were changed recently, please observe propagation time.",
          `Caller: appid=${nobody.appId};oid=${nobody.objectId};iss=https://sts.windows.net/${nobody.tenantId}/`,
          `Action: '${secrets}/getSecret/action'`,
          `Resource: '/subscriptions/${subscriptionId}/resourcegroups/data/providers/microsoft.keyvault/vaults/${world.vault.name}/secrets/one'`,
          "Assignment: (not found)",
          "DenyAssignmentId: null",
          "DecisionReason: 'DeniedWithNoValidRBAC' ",
          `Vault: ${world.vault.name};location=westeurope`,
          "",
        ].join("\r\n"),
        innererror: { code: "ForbiddenByRbac" },
      },
    ]);
  });

  it("refuses the vault's owner, whose role has no data actions", async () => {
    const principal = world.tenants.principal(world.tenants.home);
    world.tenants.grant(principal, "Owner", world.vault.id);
    const { status, error } = await world.send("GET", "/secrets/one", { principal });
    expect([status, error]).toMatchObject([403, { innererror: { code: "ForbiddenByRbac" } }]);
  });

  it.each([
    ["PUT", "/secrets/one", "setSecret/action", { value: "x" }],
    ["PATCH", "/secrets/one", "update/action", {}],
    ["DELETE", "/secrets/one", "delete", undefined],
    ["POST", "/deletedsecrets/two/recover", "recover/action", undefined],
    ["DELETE", "/deletedsecrets/two", "purge/action", undefined],
  ])("refuses %s %s to a Key Vault Secrets User", async (method, path, action, body) => {
    const principal = user(world.vault.id);
    const { status, error } = await world.send(method, path, { principal, body });
    expect([status, error.message]).toEqual([
      403,
      expect.stringContaining(`Action: '${secrets}/${action}'`),
    ]);
  });

  it("lets a Key Vault Secrets User read values and properties", async () => {
    const principal = user(world.vault.id);
    for (const path of ["/secrets/one", "/secrets", "/secrets/one/versions", "/deletedsecrets"])
      expect((await world.send("GET", path, { principal })).status, path).toBe(200);
  });

  it("refuses all of a vault to a role at one of its secrets, and gives that one", async () => {
    await world.set("two");
    const principal = user(`${world.vault.id}/secrets/one`);
    expect((await world.send("GET", "/secrets/one", { principal })).status).toBe(200);
    for (const path of ["/secrets", "/secrets/two"]) {
      const { status, error } = await world.send("GET", path, { principal });
      expect([status, error], path).toMatchObject([403, { code: "Forbidden" }]);
    }
  });
});

/** The two lines at the end of every refusal of the officer. */
function caller(): string {
  return `Caller: appid=${world.officer.appId};oid=${world.officer.objectId};iss=https://sts.windows.net/${world.vault.tenantId}/\r\nVault: ${world.vault.name};location=westeurope`;
}

function user(scope: string) {
  const principal = world.tenants.principal(world.tenants.home);
  world.tenants.grant(principal, "Key Vault Secrets User", scope);
  return principal;
}
