import { beforeEach, describe, expect, it } from "vitest";
import { createMachineWorld, type MachineWorld } from "../../instance-metadata/machine-world.ts";

// Documents: "Common Azure Resource Manager deployment errors", InvalidResourceLocation; REST guidelines of Azure, atomic PUT
// and PATCH. What this cannot prove: that Azure checks in this order.

let world: MachineWorld;
let group: string;
beforeEach(async () => {
  world = await createMachineWorld();
  group = world.machine("").replace(/\/providers\/.*$/, "");
});

const sku = { name: "Standard_LRS" };
const kinds = [
  ["Microsoft.Compute/virtualMachines", { properties: {} }],
  ["Microsoft.ManagedIdentity/userAssignedIdentities", {}],
  ["Microsoft.Web/serverfarms", { sku: { name: "B1" }, properties: { reserved: true } }],
  ["Microsoft.Storage/storageAccounts", { kind: "StorageV2", sku }],
] as const;

const object = { toString: 1, valueOf: null };
const site = (properties: object) => (serverFarmId: string) => ({
  properties: { serverFarmId, ...properties },
});

describe("A write that is refused", () => {
  it.each(kinds)("refuses to move a resource of type %s by PATCH", async (type, body) => {
    const id = `${group}/providers/${type}/refused`;
    await world.owner("PUT", id, { location: "westeurope", ...body });
    const { status, error } = await world.owner("PATCH", id, { location: "northeurope" });
    expect([status, error]).toEqual([
      409,
      {
        code: "InvalidResourceLocation",
        message: `The resource 'refused' already exists in location 'westeurope' in resource group 'rg'. A resource with the same name cannot be created in location 'northeurope'. Please select a new resource name.`,
      },
    ]);
  });

  it("refuses properties that are no object, and keeps a plan's SKU", async () => {
    const plan = `${group}/providers/Microsoft.Web/serverfarms/plan`;
    await world.owner("PUT", plan, { location: "westeurope", sku: { name: "B1" } });
    const before = (await world.owner("GET", plan)).body;
    const { status, error } = await world.owner("PATCH", plan, {
      sku: { name: "B2" },
      properties: [],
    });
    expect([status, error.message]).toEqual([
      400,
      "The request content was invalid and could not be deserialized: ''properties' must be an object'.",
    ]);
    expect((await world.owner("GET", plan)).body).toEqual(before);
  });

  it.each(kinds)("keeps the location of type %s over an empty one", async (type, body) => {
    const id = `${group}/providers/${type}/kept`;
    await world.owner("PUT", id, { location: "westeurope", ...body });
    const { status, body: changed } = await world.owner("PATCH", id, { location: "" });
    // App Service answers the name that people read.
    const shown = type.startsWith("Microsoft.Web/") ? "West Europe" : "westeurope";
    expect([status, changed["location"]]).toEqual([200, shown]);
  });

  it("refuses to move a resource group by PATCH", async () => {
    const { status, error } = await world.owner("PATCH", group, { location: "northeurope" });
    expect([status, error]).toEqual([
      409,
      {
        code: "InvalidResourceGroupLocation",
        message:
          "Invalid resource group location 'northeurope'. The Resource group already exists in location 'westeurope'.",
      },
    ]);
  });

  it.each([
    ["tags", { tags: { stage: 1 } }],
    ["an osProfile", { properties: { osProfile: 1 } }],
  ])("refuses %s of another type before an identity comes or goes", async (_, wrong) => {
    const id = world.machine("refused");
    await world.putMachine("refused", { type: "None" });
    const principals = world.azure.state.servicePrincipals.size;
    const identity = { type: "SystemAssigned" };
    const { status, error } = await world.owner("PATCH", id, { identity, ...wrong });
    expect([status, error]).toMatchObject([
      400,
      {
        code: "InvalidRequestContent",
        message: expect.stringMatching(/must be an? (?:string|object)/),
      },
    ]);
    expect(world.azure.state.servicePrincipals.size).toBe(principals);
  });

  it.each([
    [
      "the identity of an account",
      "Microsoft.Storage/storageAccounts",
      () => ({ identity: { type: object } }),
      "type",
    ],
    [
      "the public network access of a site",
      "Microsoft.Web/sites",
      site({ publicNetworkAccess: object }),
      "publicNetworkAccess",
    ],
    [
      "the name of a restriction",
      "Microsoft.Web/sites",
      site({ siteConfig: { ipSecurityRestrictions: [{ name: object, tag: "ServiceTag" }] } }),
      "name",
    ],
  ])("refuses an object for %s, which no text can be made of", async (_, type, body, field) => {
    const plan = `${group}/providers/Microsoft.Web/serverfarms/plan`;
    await world.owner("PUT", plan, { location: "westeurope", sku: { name: "B1" } });
    const whole = { location: "westeurope", kind: "StorageV2", sku, ...body(plan) };
    const { status, error } = await world.owner("PUT", `${group}/providers/${type}/refused`, whole);
    expect([status, error]).toEqual([
      400,
      {
        code: "InvalidRequestContent",
        message: `The request content was invalid and could not be deserialized: ''${field}' must be a string'.`,
      },
    ]);
  });
});
