import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Properties, unknown } from "../../../src/grpc/properties.ts";
import {
  type AzureStub,
  clientId,
  objectId,
  startAzureStub,
  subscriptionId,
  tenantId,
} from "../../support/azure-stub.ts";
import { startMiniEngine } from "../../support/mini-engine.ts";
import { keptId } from "../../support/init-failure.ts";
import { type PluginProcess, startPlugin } from "../../support/plugin-process.ts";

let azure: AzureStub;
let plugin: PluginProcess;

beforeAll(async () => {
  azure = await startAzureStub();
  plugin = await startPlugin("azure-native/main.ts", azure.environment);
});

beforeEach(async () => {
  azure.reset();
  await plugin.configure(config());
});

afterAll(async () => {
  await plugin.close();
  await azure.close();
});

function config(change: Properties = {}): Properties {
  const { metadataHost } = azure;
  return { useOidc: "true", tenantId, clientId, subscriptionId, metadataHost, ...change };
}

const group = "azure-native:resources:ResourceGroup";
const groupId = `/subscriptions/${subscriptionId}/resourceGroups/rg`;
const groupInputs = { resourceGroupName: "rg", location: "westeurope" };
const account = "azure-native:storage:StorageAccount";
const accountId = `${groupId}/providers/Microsoft.Storage/storageAccounts/acct`;
const accountInputs = {
  resourceGroupName: "rg",
  accountName: "acct",
  location: "westeurope",
  kind: "StorageV2",
  sku: { name: "Standard_LRS" },
};
const ftp = "azure-native:web:WebAppFtpAllowed";
const ftpId = `${groupId}/providers/Microsoft.Web/sites/s/basicPublishingCredentialsPolicies/ftp`;

function answer(request: string, body: object, status = 200, headers: Record<string, string> = {}) {
  azure.answers.set(request, () => Response.json(body, { status, headers }));
}

/** The resource does not exist until it is PUT. */
function appearsAfterPut(id: string, body: object): void {
  azure.answers.set(`PUT ${id}`, () => {
    answer(`GET ${id}`, body);
    return Response.json(body, { status: 201 });
  });
}

const writes = () => azure.requests.filter((request) => /^(PUT|PATCH|DELETE)/.test(request));

describe("what it does not know", () => {
  it("refuses a type that it does not stand in for", async () => {
    await expect(plugin.check("azure-native:keyvault:Vault", {}, {})).rejects.toThrow(
      /the stand-in for azure-native 3\.28\.0 has no resource type "azure-native:keyvault:Vault" \(it has .*\): add it under test\/engine\/src\/plugins, or deploy to Azure with the real provider/,
    );
  });

  it("refuses a function that it does not stand in for", async () => {
    await expect(plugin.invoke("azure-native:storage:listKeys", {})).rejects.toThrow(
      /has no function "azure-native:storage:listKeys"/,
    );
  });

  it("refuses an input that it would not send", async () => {
    const { failures } = await plugin.check(group, {}, { ...groupInputs, colour: "red" });
    expect(failures).toEqual([
      expect.stringMatching(/does not know the input 'colour' \(it knows/),
    ]);
  });
});

describe("signing in", () => {
  it("refuses every way but OIDC", async () => {
    await expect(plugin.configure(config({ useOidc: "false" }))).rejects.toThrow(
      "the stand-in for azure-native signs in by OIDC only: set useOidc, tenantId, clientId and metadataHost on the provider",
    );
  });

  it("refuses a configuration without a subscription", async () => {
    await expect(plugin.configure(config({ subscriptionId: null }))).rejects.toThrow(
      "the stand-in for azure-native lacks subscriptionId",
    );
  });

  it("reads an id that arrives as a secret", async () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
    await plugin.configure(config({ tenantId: { ...secret, value: tenantId } }));
    const who = await plugin.invoke("azure-native:authorization:getClientConfig", {});
    expect(who).toEqual({ clientId, objectId, subscriptionId, tenantId });
  });

  it("sends nothing before something is asked for", () => {
    expect(azure.requests).toEqual([]);
  });
});

describe("preview", () => {
  it("sends nothing and leaves to Azure what Azure decides", async () => {
    const { id, state } = await plugin.create(account, accountInputs, true);
    expect(id).toBe("");
    expect(state).toMatchObject({ ...accountInputs, primaryEndpoints: unknown, name: unknown });
    expect(azure.requests).toEqual([]);
  });

  it("keeps name and place of what it updates", async () => {
    const olds = { ...accountInputs, name: "acct", primaryEndpoints: { blob: "https://a" } };
    const news = { ...accountInputs, allowSharedKeyAccess: false };
    const state = await plugin.update(account, accountId, olds, news, true);
    expect(state).toMatchObject({
      name: "acct",
      location: "westeurope",
      primaryEndpoints: unknown,
    });
    expect(azure.requests).toEqual([]);
  });
});

describe("check", () => {
  const everyType: [string, string[], string?][] = [
    [group, ["location"], "resourceGroupName"],
    [
      "azure-native:managedidentity:UserAssignedIdentity",
      ["location", "resourceGroupName"],
      "resourceName",
    ],
    ["azure-native:web:AppServicePlan", ["location", "resourceGroupName"], "name"],
    ["azure-native:web:WebApp", ["location", "resourceGroupName"], "name"],
    [ftp, ["allow", "name", "resourceGroupName"]],
    ["azure-native:web:WebAppDiagnosticLogsConfiguration", ["name", "resourceGroupName"]],
    ["azure-native:web:WebAppScmAllowed", ["allow", "name", "resourceGroupName"]],
    [account, ["kind", "location", "resourceGroupName", "sku"], "accountName"],
    ["azure-native:storage:BlobServiceProperties", ["accountName", "resourceGroupName"]],
    ["azure-native:storage:BlobContainer", ["accountName", "resourceGroupName"], "containerName"],
    ["azure-native:authorization:RoleAssignment", ["principalId", "roleDefinitionId", "scope"]],
  ];

  it.each(everyType)("refuses %s without %j", async (type, required) => {
    const { failures } = await plugin.check(type, {}, {});
    expect(failures).toEqual(required.map((name) => `missing required property '${name}'`));
  });

  it.each(everyType.filter(([, , name]) => name !== undefined))(
    "names %s after its logical name and keeps the name",
    async (type, _required, name = "") => {
      const { inputs } = await plugin.check(type, {}, {});
      expect(inputs[name]).toMatch(/^example[0-9a-f]{8}$/);
      const again = await plugin.check(type, inputs, {});
      expect(again.inputs[name]).toBe(inputs[name]);
    },
  );

  it("names a role assignment by a GUID", async () => {
    const { inputs } = await plugin.check("azure-native:authorization:RoleAssignment", {}, {});
    expect(inputs["roleAssignmentName"]).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it("adds the API's version to the inputs, and does not send it", async () => {
    const { inputs } = await plugin.check(group, {}, groupInputs);
    expect(inputs["azureApiVersion"]).toBe("2024-03-01");
    appearsAfterPut(groupId, { id: groupId, name: "rg", location: "westeurope" });
    await plugin.create(group, inputs);
    expect(azure.bodies.get(`PUT ${groupId}`)).toEqual({ location: "westeurope" });
  });

  it("puts a resource where its resource group is", async () => {
    answer(`GET ${groupId}`, { id: groupId, name: "rg", location: "westeurope" });
    const { location: _, ...news } = accountInputs;
    expect((await plugin.check(account, {}, news)).inputs["location"]).toBe("westeurope");
    const unknownGroup = await plugin.check(account, {}, { ...news, resourceGroupName: unknown });
    expect(unknownGroup.inputs["location"]).toBe(unknown);
  });
});

describe("diff", () => {
  it.each([
    [group, "location"],
    [account, "location"],
    [account, "isHnsEnabled"],
    [account, "accountName"],
    ["azure-native:managedidentity:UserAssignedIdentity", "resourceName"],
    ["azure-native:web:AppServicePlan", "name"],
    ["azure-native:web:WebApp", "kind"],
    [ftp, "name"],
    ["azure-native:web:WebAppDiagnosticLogsConfiguration", "name"],
    ["azure-native:web:WebAppScmAllowed", "name"],
    ["azure-native:storage:BlobServiceProperties", "accountName"],
    ["azure-native:storage:BlobContainer", "containerName"],
    ["azure-native:authorization:RoleAssignment", "principalId"],
    ["azure-native:authorization:RoleAssignment", "scope"],
  ])("replaces %s when its %s changes", async (type, name) => {
    const { replaces, changed } = await plugin.diff(type, { [name]: "a" }, { [name]: "b" });
    expect({ replaces, changed }).toEqual({ replaces: [name], changed: [name] });
  });

  it.each([
    ["azure-native:authorization:RoleAssignment", "roleDefinitionId"],
    ["azure-native:web:WebApp", "siteConfig"],
    [account, "allowSharedKeyAccess"],
    [ftp, "allow"],
  ])("updates %s in place when its %s changes", async (type, name) => {
    const { replaces, changed } = await plugin.diff(type, { [name]: "a" }, { [name]: "b" });
    expect({ replaces, changed }).toEqual({ replaces: [], changed: [name] });
  });

  it("deletes before it replaces only what the program named", async () => {
    const [olds, news] = [{ location: "a" }, { location: "b" }];
    expect((await plugin.diff(group, olds, news)).deleteBeforeReplace).toBe(true);
    const named = { ...olds, __createBeforeDelete: true };
    expect(
      (await plugin.diff(group, named, { ...news, __createBeforeDelete: true }))
        .deleteBeforeReplace,
    ).toBe(false);
  });
});

describe("create", () => {
  it("returns what Azure has afterwards, under the names of the SDK", async () => {
    const body = {
      id: accountId,
      name: "acct",
      location: "westeurope",
      properties: { supportsHttpsTrafficOnly: true, primaryEndpoints: { blob: "https://a/" } },
    };
    appearsAfterPut(accountId, body);
    const { id, state } = await plugin.create(account, accountInputs);
    expect(id).toBe(accountId);
    expect(state).toMatchObject({
      name: "acct",
      enableHttpsTrafficOnly: true,
      primaryEndpoints: { blob: "https://a/" },
      azureApiVersion: "2024-01-01",
    });
    expect(azure.bodies.get(`PUT ${accountId}`)).toMatchObject({
      kind: "StorageV2",
      location: "westeurope",
    });
  });

  it("refuses to create what exists already, and writes nothing", async () => {
    answer(`GET ${groupId}`, { id: groupId, name: "rg", location: "westeurope" });
    await expect(plugin.create(group, groupInputs)).rejects.toThrow(
      `cannot create already existing resource '${groupId}' (${group} "example"): import it or delete it`,
    );
    expect(writes()).toEqual([]);
  });

  it("passes Azure's refusal on whole, with the resource's type and name", async () => {
    const error = {
      code: "AuthorizationFailed",
      message: "The client 'x' does not have authorization",
    };
    answer(`PUT ${groupId}`, { error }, 403);
    const failure = await plugin.create(group, groupInputs).catch((cause: unknown) => cause);
    expect(String(failure)).toContain(
      `cannot create ${group} "example": status 403 AuthorizationFailed: The client 'x' does not have authorization`,
    );
    expect(keptId(failure)).toBeUndefined();
  });

  it("keeps a resource in the state that fails after Azure accepted it", async () => {
    const failed = { id: accountId, name: "acct", properties: { provisioningState: "Failed" } };
    const operation = `${azure.origin}/operations/1`;
    azure.answers.set(`PUT ${accountId}`, () => {
      answer(`GET ${accountId}`, failed);
      return new Response(null, { status: 202, headers: { location: operation } });
    });
    const error = { code: "AllocationFailed", message: "no room" };
    answer("GET /operations/1", { status: "Failed", error }, 500);
    const failure = await plugin.create(account, accountInputs).catch((cause: unknown) => cause);
    expect(keptId(failure)).toBe(accountId);
    expect(String(failure)).toContain("AllocationFailed");
  });

  it("writes a singleton without asking whether it exists", async () => {
    answer(`GET ${ftpId}`, { id: ftpId, name: "ftp", properties: { allow: false } });
    answer(`PUT ${ftpId}`, { id: ftpId, name: "ftp", properties: { allow: false } });
    const inputs = { name: "s", resourceGroupName: "rg", allow: false };
    const { state } = await plugin.create(ftp, inputs);
    expect(state["allow"]).toBe(false);
    expect(azure.requests.filter((request) => request.endsWith("/ftp"))).toEqual([
      `PUT ${ftpId}`,
      `GET ${ftpId}`,
    ]);
    expect(azure.bodies.get(`PUT ${ftpId}`)).toEqual({ properties: { allow: false } });
  });

  it("is refused when Azure does not let it look whether the resource exists", async () => {
    const error = { code: "AuthorizationFailed", message: "no" };
    answer(`GET ${groupId}`, { error }, 403);
    await expect(plugin.create(group, groupInputs)).rejects.toThrow(
      `cannot check existence of resource '${groupId}': status code 403, no`,
    );
    expect(writes()).toEqual([]);
  });

  it("warns when Azure does not let it read what it has made, and keeps what the answer told", async () => {
    const engine = await startMiniEngine();
    const warned = await startPlugin("azure-native/main.ts", azure.environment, engine.address);
    await warned.configure(config());
    azure.answers.set(`PUT ${groupId}`, () => {
      answer(`GET ${groupId}`, { error: { code: "AuthorizationFailed", message: "no" } }, 403);
      return Response.json({ id: groupId, name: "rg", location: "westeurope" }, { status: 201 });
    });
    const { id, state } = await warned.create(group, groupInputs);
    expect({ id, name: state["name"] }).toEqual({ id: groupId, name: "rg" });
    expect(engine.logged).toEqual([
      "Failed to read resource after Create. Please report this issue.",
    ]);
    await warned.close();
    engine.close();
  });

  it("sends the list of identities as a map keyed by id", async () => {
    const id = `${groupId}/providers/Microsoft.Web/sites/s`;
    appearsAfterPut(id, { id, name: "s", location: "westeurope" });
    answer(`GET ${id}/config/web`, { id: `${id}/config/web`, properties: { alwaysOn: true } });
    const identity = { type: "UserAssigned", userAssignedIdentities: ["/one"] };
    await plugin.create("azure-native:web:WebApp", { ...groupInputs, name: "s", identity });
    expect(azure.bodies.get(`PUT ${id}`)).toMatchObject({
      identity: { type: "UserAssigned", userAssignedIdentities: { "/one": {} } },
    });
  });
});

describe("update", () => {
  const site = "azure-native:web:WebApp";
  const siteId = `${groupId}/providers/Microsoft.Web/sites/s`;

  it("patches a site whose list loses an identity, which it sends as null", async () => {
    const found = { id: siteId, name: "s", location: "westeurope" };
    answer(`PATCH ${siteId}`, found);
    answer(`GET ${siteId}/config/web`, {});
    answer(`GET ${siteId}`, found);
    await plugin.update(site, siteId, withIdentities("/one", "/two"), withIdentities("/two"));
    expect(writes()).toEqual([`PATCH ${siteId}`]);
    expect(azure.bodies.get(`PATCH ${siteId}`)).toMatchObject({
      identity: { type: "UserAssigned", userAssignedIdentities: { "/one": null, "/two": {} } },
    });
  });

  it("puts all inputs otherwise", async () => {
    const found = { id: siteId, name: "s", location: "westeurope" };
    answer(`PUT ${siteId}`, found);
    answer(`GET ${siteId}/config/web`, {});
    answer(`GET ${siteId}`, found);
    await plugin.update(site, siteId, withIdentities("/one"), withIdentities("/one", "/two"));
    expect(writes()).toEqual([`PUT ${siteId}`]);
  });
});

describe("read and delete", () => {
  it("takes a site's siteConfig from config/web, where its document has none", async () => {
    const id = `${groupId}/providers/Microsoft.Web/sites/s`;
    answer(`GET ${id}`, { id, name: "s", properties: { siteConfig: { ftpsState: null } } });
    const properties = { ftpsState: "AllAllowed" };
    answer(`GET ${id}/config/web`, { id: `${id}/config/web`, name: "s", properties });
    const inputs = { ...groupInputs, name: "s", siteConfig: { ftpsState: "Disabled" } };
    const read = await plugin.read("azure-native:web:WebApp", id, inputs, inputs);
    expect(read.inputs["siteConfig"]).toEqual({ ftpsState: "AllAllowed" });
  });

  it("answers an empty id for a resource that is gone", async () => {
    expect((await plugin.read(group, groupId, groupInputs, {})).id).toBe("");
  });

  it.each(["ResourceNotFound", "ResourceGroupNotFound", "RoleAssignmentNotFound"])(
    "takes %s as gone",
    async (code) => {
      answer(`GET ${groupId}`, { error: { code, message: "gone" } }, 404);
      expect((await plugin.read(group, groupId, groupInputs, {})).id).toBe("");
    },
  );

  it("refuses to take any other 404 as gone, that of a container among them", async () => {
    const id = `${accountId}/blobServices/default/containers/c`;
    const error = { code: "ContainerNotFound", message: "The specified container does not exist." };
    answer(`GET ${id}`, { error }, 404);
    const container = "azure-native:storage:BlobContainer";
    await expect(plugin.read(container, id, {}, {})).rejects.toThrow(
      `cannot read ${container} "example": Status=404 Code="ContainerNotFound" Message="The specified container does not exist."`,
    );
  });

  it("reads and deletes by the resource's id, whatever the provider's subscription", async () => {
    const elsewhere = groupId.replace(subscriptionId, "55555555-5555-4555-8555-555555555555");
    answer(`GET ${elsewhere}`, { id: elsewhere, name: "rg", location: "westeurope" });
    expect((await plugin.read(group, elsewhere, groupInputs, {})).id).toBe(elsewhere);
    await plugin.delete(group, elsewhere);
    expect(writes()).toEqual([`DELETE ${elsewhere}`]);
  });

  it("finds what was changed behind the stack's back", async () => {
    answer(`GET ${accountId}`, { id: accountId, properties: { minimumTlsVersion: "TLS1_0" } });
    const inputs = { ...accountInputs, minimumTlsVersion: "TLS1_2" };
    const read = await plugin.read(account, accountId, inputs, { minimumTlsVersion: "TLS1_2" });
    expect(read.inputs["minimumTlsVersion"]).toBe("TLS1_0");
  });

  it("takes a resource that is gone as deleted", async () => {
    await plugin.delete(group, groupId);
    expect(writes()).toEqual([`DELETE ${groupId}`]);
  });

  it("sets a singleton back to its default instead of deleting it", async () => {
    answer(`PUT ${ftpId}`, { id: ftpId, properties: { allow: true } });
    await plugin.delete(ftp, ftpId);
    expect(writes()).toEqual([`PUT ${ftpId}`]);
    expect(azure.bodies.get(`PUT ${ftpId}`)).toEqual({ properties: { allow: true } });
    const logsId = `${groupId}/providers/Microsoft.Web/sites/s/config/logs`;
    answer(`PUT ${logsId}`, { id: logsId, properties: {} });
    await plugin.delete("azure-native:web:WebAppDiagnosticLogsConfiguration", logsId);
    expect(azure.bodies.get(`PUT ${logsId}`)).toEqual({ properties: { applicationLogs: {} } });
  });
});

describe("cancel", () => {
  it("stops waiting and keeps in the state what Azure has accepted", async () => {
    const cancelled = await startPlugin("azure-native/main.ts", azure.environment);
    await cancelled.configure(config());
    const id = accountId;
    azure.answers.set(`PUT ${id}`, () => {
      answer(`GET ${id}`, { id, name: "acct", properties: { provisioningState: "Creating" } });
      const location = `${azure.origin}/operations/1`;
      return new Response(null, { status: 202, headers: { location } });
    });
    answer("GET /operations/1", {}, 202);
    const creation = cancelled.create(account, accountInputs).catch((error: unknown) => error);
    await expect.poll(() => azure.requests).toContain("GET /operations/1");
    await cancelled.cancel();
    expect(keptId(await creation)).toBe(accountId);
    await cancelled.close();
  });
});

/** A site's inputs. */
function withIdentities(...ids: string[]): Properties {
  return {
    ...groupInputs,
    name: "s",
    identity: { type: "UserAssigned", userAssignedIdentities: ids },
  };
}
