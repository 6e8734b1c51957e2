import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { homeOwner, type HomeOwner, namesIn, refusalOf } from "./home-owner.ts";

// Documents: REST references "System Assigned Identities - Get By Scope", "Skus - List", "Usages - List By Location", "Blob
// Services - List".

let world: HomeOwner;
let account: string;
let machine: string;

beforeAll(async () => {
  world = await homeOwner();
  account = `${world.group}/providers/Microsoft.Storage/storageAccounts/around`;
  machine = `${world.group}/providers/Microsoft.Compute/virtualMachines/vm`;
  const sku = { name: "Standard_LRS" };
  await world.owner("PUT", account, { location: "westeurope", kind: "StorageV2", sku });
  const identity = { type: "SystemAssigned" };
  await world.owner("PUT", machine, { location: "westeurope", identity });
});

afterAll(() => world.appService.close());

const provider = () => `${world.subscription}/providers/Microsoft.Storage`;

const identityOf = (scope: string) =>
  `${scope}/providers/Microsoft.ManagedIdentity/identities/default`;

describe("The system-assigned identity of a resource", () => {
  it("refuses a resource that has none, and one that does not exist", async () => {
    expect(refusalOf(await world.owner("GET", identityOf(account)))).toEqual([
      404,
      "ResourceNotFound",
      `The Resource '${identityOf(account)}' was not found: '${account}' has no system-assigned identity.`,
    ]);
    const { status, error } = await world.owner("GET", identityOf(`${account}2`));
    expect([status, error.code]).toEqual([404, "ResourceNotFound"]);
    expect(error.message).toContain("'Microsoft.Storage/storageAccounts/around2'");
  });

  it("has the ids of its service principal", async () => {
    const { body } = await world.owner("GET", machine);
    const { principalId, tenantId } = body["identity"] as Record<string, string>;
    const clientId = world.tenants.azure.state.servicePrincipals.get(principalId ?? "")?.appId;
    expect((await world.owner("GET", identityOf(machine))).body).toEqual({
      id: identityOf(machine),
      name: "default",
      type: "Microsoft.ManagedIdentity/identities",
      location: "westeurope",
      properties: { tenantId, principalId, clientId },
    });
  });
});

const usages = async (location: string) =>
  (await world.owner("GET", `${provider()}/locations/${location}/usages`)).body["value"];

describe("Storage", () => {
  it("tells the SKUs and the kinds that go with each", async () => {
    const { body } = await world.owner("GET", `${provider()}/skus`);
    expect(body["value"]).toContainEqual(
      expect.objectContaining({
        name: "Premium_ZRS",
        tier: "Premium",
        kind: "BlockBlobStorage",
        locations: ["westeurope"],
      }),
    );
    const mismatched = expect.objectContaining({ name: "Premium_ZRS", kind: "StorageV2" });
    expect(body["value"]).not.toContainEqual(mismatched);
  });

  it("tells how many accounts are in a place", async () => {
    const name = { value: "StorageAccounts", localizedValue: "Storage Accounts" };
    const usage = { unit: "Count", currentValue: 1, limit: 250, name };
    expect(await usages("westeurope")).toEqual([usage]);
    expect(await usages("northeurope")).toEqual([{ ...usage, currentValue: 0 }]);
  });

  it("lists the one blob service of an account", async () => {
    const services = `${account}/blobServices`;
    expect(namesIn(await world.owner("GET", services))).toEqual(["default"]);
    const none = await world.owner("GET", `${account}2/blobServices`);
    expect([none.status, none.error.code]).toEqual([404, "ParentResourceNotFound"]);
    expect(none.error.message).toContain(`'${account}2' could not be found`);
  });
});
