import { objectField } from "../../../src/base/json.ts";
import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createAppService } from "../../../src/app-service/app-service.ts";
import { issueManagedIdentityToken } from "../../../src/entra/issue-token.ts";
import type { Tenant } from "../../../src/world/directory-records.ts";
import { type BareTenants, createBareTenants } from "../../tenants/bare-tenants.ts";
import { createManagement, follow, type Management } from "../management-client.ts";

// Documents: Storage resource provider REST reference, "Storage Accounts", "Blob Containers", "Blob Services".

let tenants: BareTenants;
let owner: Management;
let otherOwner: Management;
let group: string;
let name: string;
let account: string;

beforeAll(async () => {
  tenants = await createBareTenants();
  const as = createManagement(tenants, createAppService(tenants.azure, issueManagedIdentityToken));
  const signIn = (tenant: Tenant): Management => {
    const principal = tenants.principal(tenant);
    tenants.grant(principal, "Owner", `/subscriptions/${tenant.subscriptionId}`);
    return as(principal);
  };
  owner = signIn(tenants.home);
  otherOwner = signIn(tenants.other);
  group = `/subscriptions/${tenants.home.subscriptionId}/resourceGroups/rg`;
  await owner("PUT", group, { location: "westeurope" });
});

beforeEach(() => {
  name = `acct${randomUUID().slice(0, 8)}`;
  account = `${group}/providers/Microsoft.Storage/storageAccounts/${name}`;
});

const body = {
  location: "westeurope",
  kind: "StorageV2",
  sku: { name: "Standard_LRS" },
  properties: { allowSharedKeyAccess: false, minimumTlsVersion: "TLS1_2" },
};

describe("Storage Accounts", () => {
  it("accepts an account and answers it when its operation is followed", async () => {
    const accepted = await owner("PUT", account, body);
    expect(accepted.status).toBe(202);
    const { body: created } = await follow(owner, accepted);
    expect(created).toMatchObject({ id: account, kind: "StorageV2", sku: body.sku });
    expect(created["properties"]).toMatchObject({
      ...body.properties,
      provisioningState: "Succeeded",
      primaryEndpoints: { blob: `https://localhost:9004/${name}/` },
    });
    expect((await owner("PUT", account, body)).status).toBe(200);
  });

  it("refuses a hierarchical namespace as not emulated", async () => {
    const properties = { ...body.properties, isHnsEnabled: true };
    expect(await owner("PUT", account, { ...body, properties })).toMatchObject({
      status: 501,
      body: { error: { code: "NotImplemented", message: expect.stringContaining("isHnsEnabled") } },
    });
  });

  it("reports the account's own host where that is the setting", async () => {
    const azure = { ...tenants.azure, blobAddresses: "host" } as const;
    const as = createManagement(
      { ...tenants, azure },
      createAppService(azure, issueManagedIdentityToken),
    );
    const principal = tenants.principal(tenants.home);
    tenants.grant(principal, "Owner", `/subscriptions/${tenants.home.subscriptionId}`);
    const { body: created } = await follow(
      as(principal),
      await as(principal)("PUT", account, body),
    );
    expect(created["properties"]).toMatchObject({
      primaryEndpoints: { blob: `https://${name}.blob.localhost:9004/` },
    });
  });

  it.each(["ab", "Upper", "with-dash", "x".repeat(25)])("refuses the name %s", async (bad) => {
    const target = account.replace(name, bad);
    const { status, error } = await owner("PUT", target, body);
    expect([status, error]).toEqual([
      400,
      {
        code: "AccountNameInvalid",
        message: `${bad} is not a valid storage account name. Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only.`,
      },
    ]);
  });

  it("refuses a name that an account of another tenant has", async () => {
    await owner("PUT", account, body);
    const otherGroup = `/subscriptions/${tenants.other.subscriptionId}/resourceGroups/rg`;
    await otherOwner("PUT", otherGroup, { location: "westeurope" });
    const { status, error } = await otherOwner("PUT", account.replace(group, otherGroup), body);
    expect([status, error]).toEqual([
      409,
      {
        code: "StorageAccountAlreadyTaken",
        message: `The storage account named ${name} is already taken.`,
      },
    ]);
  });

  it("says beforehand whether a name is free", async () => {
    const check = `${group.split("/resourceGroups")[0]}/providers/Microsoft.Storage/checkNameAvailability`;
    expect((await owner("POST", check, { name })).body).toEqual({ nameAvailable: true });
    await owner("PUT", account, body);
    expect((await owner("POST", check, { name })).body).toMatchObject({
      nameAvailable: false,
      reason: "AlreadyExists",
    });
  });

  it("refuses an account in a resource group that does not exist", async () => {
    const { status, error } = await owner("PUT", account.replace("/rg/", "/none/"), body);
    expect([status, error]).toEqual([
      404,
      { code: "ResourceGroupNotFound", message: "Resource group 'none' could not be found." },
    ]);
  });

  it("refuses an account without a location", async () => {
    const { status, error } = await owner("PUT", account, { sku: body.sku });
    expect([status, error.code]).toEqual([400, "LocationRequired"]);
    expect(error.message).toBe("The location property is required for this definition.");
  });

  it("refuses to read an account that does not exist", async () => {
    const { status, error } = await owner("GET", account);
    expect([status, error]).toEqual([
      404,
      {
        code: "ResourceNotFound",
        message: `The Resource 'Microsoft.Storage/storageAccounts/${name}' under resource group 'rg' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
      },
    ]);
  });
});

describe("Blob Services and Blob Containers", () => {
  it("keeps soft delete settings and containers, and deletes them with the account", async () => {
    await owner("PUT", account, body);
    const service = `${account}/blobServices/default`;
    const deleteRetentionPolicy = { enabled: true, days: 7 };
    const properties = { deleteRetentionPolicy };
    expect((await owner("PUT", service, { properties })).body).toMatchObject({ properties });
    const nothing = { properties: { deleteRetentionPolicy: null, cors: null } };
    expect((await owner("PUT", service, nothing)).body["properties"]).toEqual({
      deleteRetentionPolicy: { enabled: false },
    });
    expect((await owner("PUT", `${service}/containers/invoices`, {})).status).toBe(201);
    expect((await owner("PUT", `${service}/containers/invoices`, {})).status).toBe(200);
    const list = await owner("GET", `${service}/containers`);
    expect(list.body["value"]).toMatchObject([
      { name: "invoices", properties: { publicAccess: "None" } },
    ]);
    expect((await owner("DELETE", account)).status).toBe(200);
    expect((await owner("DELETE", account)).status).toBe(204);
    const left = [...tenants.azure.state.resources.keys()];
    expect(left.filter((id) => id.includes(name))).toEqual([]);
  });

  it.each([
    ["automaticSnapshotPolicyEnabled", true, false],
    ["changeFeed", { enabled: true }, { enabled: false }],
    ["cors", { corsRules: [{ allowedOrigins: ["*"] }] }, { corsRules: [] }],
    ["defaultServiceVersion", "2020-06-12", ""],
    ["isVersioningEnabled", true, false],
    ["lastAccessTimeTrackingPolicy", { enable: true }, { enable: false }],
    ["restorePolicy", { enabled: true, days: 6 }, { enabled: false }],
    ["staticWebsite", { enabled: true }, { enabled: false }],
  ])("refuses %s with 501 when it is on, and takes it when it is off", async (feature, on, off) => {
    await owner("PUT", account, body);
    const service = `${account}/blobServices/default`;
    const put = (value: unknown) => owner("PUT", service, { properties: { [feature]: value } });
    const { status, error } = await put(on);
    expect([status, error.code, error.message]).toEqual([
      501,
      "NotImplemented",
      `'${feature}' of 'Microsoft.Storage/storageAccounts/blobServices' is not emulated; leave it out or turn it off`,
    ]);
    const none = feature === "cors" ? { corsRules: [] } : undefined;
    const read = objectField((await owner("GET", service)).body, "properties");
    expect(read[feature]).toEqual(none);
    expect((await put(off)).body["properties"]).toMatchObject({ [feature]: off });
  });

  it("knows the service of files as nobody ever changed it, and refuses to change it", async () => {
    await owner("PUT", account, body);
    const service = `${account}/fileServices/default`;
    expect((await owner("GET", service)).body).toMatchObject({
      name: "default",
      properties: { shareDeleteRetentionPolicy: { enabled: true, days: 7 } },
    });
    expect((await owner("PUT", service, { properties: {} })).status).toBe(501);
  });

  it("refuses a container in an account that does not exist", async () => {
    const target = `${account}/blobServices/default/containers/invoices`;
    const { status, error } = await owner("PUT", target, {});
    expect([status, error]).toEqual([
      404,
      {
        code: "ParentResourceNotFound",
        message: `Failed to perform 'write' on resource(s) of type 'storageAccounts/blobServices/containers', because the parent resource '${account}' could not be found.`,
      },
    ]);
  });

  it("refuses public access where the account allows none", async () => {
    await owner("PUT", account, body);
    const properties = { publicAccess: "Blob" };
    const target = `${account}/blobServices/default/containers/invoices`;
    const { status, error } = await owner("PUT", target, { properties });
    expect([status, error]).toEqual([
      409,
      {
        code: "PublicAccessNotPermitted",
        message: "Public access is not permitted on this storage account.",
      },
    ]);
  });
});
