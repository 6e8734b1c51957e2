import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { refusalOf } from "../home-owner.ts";
import { webWorld, type WebWorld } from "../web/web-world.ts";

// Documents: hashicorp/terraform-provider-azurerm issue 17082; Azure/bicep issue 6541; Azure/azure-rest-api-specs issue 17650;
// "Configure managed identities on an Azure VM using REST API calls"; WebAppMsiHandler of Azure/azure-sdk-for-java.

let world: WebWorld;
let machine: string;
beforeEach(async () => {
  world = await webWorld();
  machine = `${world.group}/providers/Microsoft.Compute/virtualMachines/vm`;
});
afterEach(() => world.appService.close());

const types = ["Microsoft.Web/sites", "Microsoft.Compute/virtualMachines"] as const;
type HolderType = (typeof types)[number];

const put = (type: HolderType, identity?: unknown) =>
  type === "Microsoft.Web/sites"
    ? world.owner("PUT", world.site, world.siteBody({}, identity))
    : world.owner("PUT", machine, { location: "westeurope", identity, properties: {} });

const patch = (type: HolderType, identity: unknown) =>
  world.owner("PATCH", holder(type), { identity });

const holder = (type: HolderType) => (type === "Microsoft.Web/sites" ? world.site : machine);

const identityOf = async (type: HolderType) =>
  (await world.owner("GET", holder(type))).body["identity"];

const missing = [
  400,
  "MissingIdentityIds",
  "The identity ids must not be null or empty for 'UserAssigned' identity type.",
];

const withoutIds = [
  { type: "UserAssigned" },
  { type: "UserAssigned", userAssignedIdentities: null },
  { type: "UserAssigned", userAssignedIdentities: {} },
  { type: "SystemAssigned, UserAssigned" },
];

describe.each(types)("User-assigned identities of %s", (type) => {
  it.each(withoutIds)("refuses a PUT of %o, and leaves the identity", async (identity) => {
    await put(type, world.userAssigned);
    const before = await identityOf(type);
    const principals = world.tenants.azure.state.servicePrincipals.size;
    expect(refusalOf(await put(type, identity))).toEqual(missing);
    expect(await identityOf(type)).toEqual(before);
    expect(world.tenants.azure.state.servicePrincipals.size).toBe(principals);
  });

  it.each(withoutIds)("refuses a PATCH of %o where there are none", async (identity) => {
    await put(type);
    expect(refusalOf(await patch(type, identity))).toEqual(missing);
    expect(await identityOf(type)).toBeUndefined();
  });

  it.each(withoutIds)("stay over a PATCH of %o", async (identity) => {
    await put(type, world.userAssigned);
    const { status, body } = await patch(type, identity);
    expect([status, body["identity"]]).toMatchObject([200, { type: identity.type }]);
    expect(body["identity"]).toHaveProperty("userAssignedIdentities", {
      [world.identity]: expect.anything() as unknown,
    });
  });

  it("come and go one by one in a PATCH", async () => {
    const other = `${world.identity}2`;
    await world.owner("PUT", other, { location: "westeurope" });
    await put(type, world.userAssigned);
    const change = { [other]: {}, [world.identity]: null };
    const { body } = await patch(type, { type: "UserAssigned", userAssignedIdentities: change });
    expect(body["identity"]).toEqual({
      type: "UserAssigned",
      userAssignedIdentities: { [other]: expect.anything() as unknown },
    });
  });

  it("refuses a PATCH that removes the last one and keeps the type", async () => {
    await put(type, world.userAssigned);
    const userAssignedIdentities = { [world.identity]: null };
    const answer = await patch(type, { type: "UserAssigned", userAssignedIdentities });
    expect(refusalOf(answer)).toEqual(missing);
  });

  it.each(["PUT", "PATCH"])(
    "refuses a %s with some for the type SystemAssigned",
    async (method) => {
      await put(type);
      const principals = world.tenants.azure.state.servicePrincipals.size;
      for (const ids of [{ [world.identity]: {} }, {}]) {
        const identity = { type: "SystemAssigned", userAssignedIdentities: ids };
        const answer = await (method === "PUT" ? put : patch)(type, identity);
        expect(refusalOf(answer)).toEqual([
          400,
          "FailedIdentityOperation",
          `Identity operation for resource '${holder(type)}' failed with error 'Failed to perform resource identity operation. Status: 'BadRequest'. Response: '{"error":{"code":"BadRequest","message":"The request format was unexpected, a non-UserAssigned identity type should not contain: userAssignedIdentities"}}'.'.`,
        ]);
      }
      expect(world.tenants.azure.state.servicePrincipals.size).toBe(principals);
    },
  );

  it("are gone with the type SystemAssigned, beside which null is none", async () => {
    await put(type, world.userAssigned);
    const { body } = await patch(type, { type: "SystemAssigned", userAssignedIdentities: null });
    expect(body["identity"]).toEqual({
      type: "SystemAssigned",
      principalId: expect.any(String) as unknown,
      tenantId: world.tenants.home.tenantId,
    });
  });
});
