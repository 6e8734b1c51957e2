import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createAppService } from "../../../src/app-service/app-service.ts";
import { issueManagedIdentityToken } from "../../../src/entra/issue-token.ts";
import type { ServicePrincipal } from "../../../src/world/directory-records.ts";
import { type BareTenants, createBareTenants } from "../../tenants/bare-tenants.ts";
import { createManagement, follow, type Management } from "../management-client.ts";

// Documents: Storage resource provider REST reference, "List Keys" and "Regenerate Key"; "Manage storage account access keys".

let tenants: BareTenants;
let as: (principal: ServicePrincipal) => Management;
let owner: Management;
let account: string;

beforeAll(async () => {
  tenants = await createBareTenants();
  as = createManagement(tenants, createAppService(tenants.azure, issueManagedIdentityToken));
  const principal = tenants.principal(tenants.home);
  const subscription = `/subscriptions/${tenants.home.subscriptionId}`;
  tenants.grant(principal, "Owner", subscription);
  owner = as(principal);
  await owner("PUT", `${subscription}/resourceGroups/rg`, { location: "westeurope" });
  account = `${subscription}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/keyed`;
});

beforeEach(async () => {
  await owner("DELETE", account);
  const properties = { allowSharedKeyAccess: false };
  const sku = { name: "Standard_LRS" };
  const body = { location: "westeurope", kind: "StorageV2", sku, properties };
  await follow(owner, await owner("PUT", account, body));
});

describe("The keys of a storage account", () => {
  it("refuses them to a reader", async () => {
    const reader = tenants.principal(tenants.home);
    tenants.grant(reader, "Reader", account);
    const { status, error } = await as(reader)("POST", `${account}/listKeys`);
    expect([status, error]).toEqual([
      403,
      {
        code: "AuthorizationFailed",
        message: `The client '${reader.appId}' with object id '${reader.objectId}' does not have authorization to perform action 'Microsoft.Storage/storageAccounts/listkeys/action' over scope '${account}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
      },
    ]);
  });

  it("refuses to regenerate a key that there is not", async () => {
    const { status, error } = await owner("POST", `${account}/regenerateKey`, { keyName: "key3" });
    expect([status, error.code]).toEqual([400, "InvalidValuesForRequestParameters"]);
  });

  it("are two, the same each time, and in no answer of the account itself", async () => {
    const [first, second] = await values();
    expect([first, second].map((value) => Buffer.from(value ?? "", "base64").length)).toEqual([
      64, 64,
    ]);
    expect(await values()).toEqual([first, second]);
    expect(JSON.stringify((await owner("GET", account)).body)).not.toContain(first);
  });

  it("are replaced one at a time", async () => {
    const [first, second] = await values();
    await owner("POST", `${account}/regenerateKey`, { keyName: "key1" });
    const [replaced, kept] = await values();
    expect([replaced === first, kept === second]).toEqual([false, true]);
  });
});

async function values(): Promise<string[]> {
  const { body } = await owner("POST", `${account}/listKeys?$expand=kerb`);
  expect(body["keys"]).toMatchObject([
    { keyName: "key1", permissions: "FULL" },
    { keyName: "key2", permissions: "FULL" },
  ]);
  return (body["keys"] as { value: string }[]).map(({ value }) => value);
}
