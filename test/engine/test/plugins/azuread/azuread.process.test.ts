import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { unknown } from "../../../src/grpc/properties.ts";
import { type AzureStub, clientId, startAzureStub, tenantId } from "../../support/azure-stub.ts";
import { keptId } from "../../support/init-failure.ts";
import { type PluginProcess, startPlugin } from "../../support/plugin-process.ts";

let azure: AzureStub;
let plugin: PluginProcess;

beforeAll(async () => {
  azure = await startAzureStub();
  plugin = await startPlugin("azuread/main.ts", azure.environment);
});

beforeEach(async () => {
  azure.reset();
  const { metadataHost } = azure;
  await plugin.configure({ useOidc: "true", tenantId, clientId, metadataHost });
});

afterAll(async () => {
  await plugin.close();
  await azure.close();
});

const application = "azuread:index/application:Application";
const credential =
  "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential";
const principal = "azuread:index/servicePrincipal:ServicePrincipal";
const credentialInputs = {
  applicationId: "/applications/app",
  displayName: "site",
  issuer: "https://login/t/v2.0",
  subject: "principal",
  audiences: ["api://AzureADTokenExchange"],
};

function answer(request: string, body: object, status = 200): void {
  azure.answers.set(request, () => Response.json(body, { status }));
}

describe("what it does not know", () => {
  it("refuses a type that it does not stand in for", async () => {
    await expect(plugin.check("azuread:index/group:Group", {}, {})).rejects.toThrow(
      /the stand-in for azuread 6\.9\.1 has no resource type "azuread:index\/group:Group"/,
    );
  });

  it("refuses to adopt a service principal", async () => {
    const { failures } = await plugin.check(principal, {}, { clientId: "c", useExisting: true });
    expect(failures).toEqual([expect.stringContaining("does not know the input 'useExisting'")]);
  });
});

describe("check and diff", () => {
  it.each([
    [application, ["displayName"]],
    [credential, ["applicationId", "audiences", "displayName", "issuer", "subject"]],
    [principal, ["clientId"]],
  ])("refuses %s without %j", async (type, required) => {
    const { failures } = await plugin.check(type, {}, {});
    expect(failures).toEqual(required.map((name) => `missing required property '${name}'`));
  });

  it.each([
    [credential, "applicationId"],
    [credential, "displayName"],
    [principal, "clientId"],
  ])("replaces %s when its %s changes", async (type, name) => {
    const { replaces } = await plugin.diff(type, { [name]: "a" }, { [name]: "b" });
    expect(replaces).toEqual([name]);
  });

  it.each([
    [application, "signInAudience"],
    [application, "displayName"],
    [credential, "subject"],
    [credential, "issuer"],
    [principal, "notes"],
  ])("updates %s in place when its %s changes", async (type, name) => {
    const { replaces, changed } = await plugin.diff(type, { [name]: "a" }, { [name]: "b" });
    expect({ replaces, changed }).toEqual({ replaces: [], changed: [name] });
  });
});

describe("preview", () => {
  it("sends nothing and leaves the ids to Entra", async () => {
    const { state } = await plugin.create(application, { displayName: "a" }, true);
    expect(state).toMatchObject({ displayName: "a", clientId: unknown, objectId: unknown });
    expect(azure.requests).toEqual([]);
  });

  it("knows that an update keeps the client id", async () => {
    const olds = { displayName: "a", clientId: "c", objectId: "o" };
    const state = await plugin.update(
      application,
      "/applications/o",
      olds,
      { displayName: "b" },
      true,
    );
    expect(state).toMatchObject({ displayName: "b", clientId: "c", objectId: "o" });
    expect(azure.requests).toEqual([]);
  });
});

describe("application", () => {
  const owners = { value: [{ id: "owner" }] };

  it("is created with its owners and read back", async () => {
    const found = { id: "o", appId: "c", displayName: "a", signInAudience: "AzureADMyOrg" };
    answer("POST /v1.0/applications", found, 201);
    answer("GET /v1.0/applications/o", found);
    answer("GET /v1.0/applications/o/owners", owners);
    const { id, state } = await plugin.create(application, { displayName: "a", owners: ["owner"] });
    expect(id).toBe("/applications/o");
    expect(state).toMatchObject({ clientId: "c", objectId: "o", owners: ["owner"] });
    expect(azure.bodies.get("POST /v1.0/applications")).toMatchObject({
      displayName: "a",
      signInAudience: "AzureADMyOrg",
      "owners@odata.bind": [`${azure.origin}/v1.0/directoryObjects/owner`],
    });
  });

  it("follows every page of its owners", async () => {
    answer("GET /v1.0/applications/o", { id: "o", appId: "c" });
    answer("GET /v1.0/applications/o/owners", {
      value: [{ id: "b" }],
      "@odata.nextLink": `${azure.origin}/next`,
    });
    answer("GET /next", { value: [{ id: "a" }] });
    const inputs = { displayName: "a", owners: ["x"] };
    const read = await plugin.read(application, "/applications/o", inputs, { owners: ["x"] });
    expect(read.inputs["owners"]).toEqual(["a", "b"]);
  });

  it("refuses a page that would take the token elsewhere", async () => {
    answer("GET /v1.0/applications/o", { id: "o", appId: "c" });
    answer("GET /v1.0/applications/o/owners", { "@odata.nextLink": "https://elsewhere.invalid/x" });
    await expect(plugin.read(application, "/applications/o", {}, {})).rejects.toThrow(
      /Graph names a next page outside of .*: https:\/\/elsewhere\.invalid/,
    );
  });

  it("refuses a second application of the same name when told to", async () => {
    answer("GET /v1.0/applications", { value: [{ id: "other" }] });
    const inputs = { displayName: "a", preventDuplicateNames: true };
    await expect(plugin.create(application, inputs)).rejects.toThrow(
      'an application named "a" exists already: other; import it, or leave out preventDuplicateNames',
    );
  });

  it("is lost when its answer is lost", async () => {
    answer("POST /v1.0/applications", { error: { code: "x", message: "try later" } }, 503);
    const failure = await plugin.create(application, { displayName: "a" }).catch((e: unknown) => e);
    expect(String(failure)).toContain(
      `cannot create ${application} "example": status 503 x: try later`,
    );
    expect(keptId(failure)).toBeUndefined();
  });
});

describe("federated identity credential", () => {
  const path = "/v1.0/applications/app/federatedIdentityCredentials";
  const found = { id: "f", name: "site", issuer: "i", subject: "s", audiences: ["a"] };

  it("is created, named and read back by its application and id", async () => {
    answer(`POST ${path}`, found, 201);
    answer(`GET ${path}/f`, found);
    const { id, state } = await plugin.create(credential, credentialInputs);
    expect(id).toBe("app/federatedIdentityCredential/f");
    expect(state).toMatchObject({ credentialId: "f", applicationId: "/applications/app" });
    expect(azure.bodies.get(`POST ${path}`)).toMatchObject({ name: "site", subject: "principal" });
  });

  it("stays in the state when only the answer to its creation was lost", async () => {
    azure.answers.set(`POST ${path}`, () => {
      answer(`GET ${path}`, { value: [found] });
      answer(`GET ${path}/f`, found);
      return new Response(null, { status: 502 });
    });
    const failure = await plugin.create(credential, credentialInputs).catch((e: unknown) => e);
    expect(keptId(failure)).toBe("app/federatedIdentityCredential/f");
  });

  it("refuses to take over the credential that made Graph refuse", async () => {
    answer(`GET ${path}`, { value: [found] });
    const error = { code: "Request_MultipleObjectsWithSameKeyValue", message: "already exists" };
    answer(`POST ${path}`, { error }, 409);
    const failure = await plugin.create(credential, credentialInputs).catch((e: unknown) => e);
    expect(String(failure)).toContain(
      "status 409 Request_MultipleObjectsWithSameKeyValue: already exists",
    );
    expect(keptId(failure)).toBeUndefined();
  });

  it("answers an empty id when it is gone", async () => {
    const read = await plugin.read(credential, "app/federatedIdentityCredential/f", {}, {});
    expect(read.id).toBe("");
  });
});

describe("service principal", () => {
  it("refuses one that exists already, and writes nothing", async () => {
    answer("GET /v1.0/servicePrincipals", { value: [{ id: "sp" }] });
    await expect(plugin.create(principal, { clientId: "c" })).rejects.toThrow(
      `cannot create already existing resource '/servicePrincipals/sp' (${principal} "example")`,
    );
    expect(azure.requests.filter((request) => request.startsWith("POST /v1.0"))).toEqual([]);
  });

  it("is created for the application's client id", async () => {
    answer("GET /v1.0/servicePrincipals", { value: [] });
    const found = { id: "sp", appId: "c", appOwnerOrganizationId: tenantId };
    answer("POST /v1.0/servicePrincipals", found, 201);
    answer("GET /v1.0/servicePrincipals/sp", found);
    const { id, state } = await plugin.create(principal, { clientId: "c" });
    expect(id).toBe("/servicePrincipals/sp");
    expect(state).toMatchObject({ objectId: "sp", clientId: "c", applicationTenantId: tenantId });
  });

  it("takes one that is gone as deleted", async () => {
    await plugin.delete(principal, "/servicePrincipals/sp");
    expect(azure.requests).toContain("DELETE /v1.0/servicePrincipals/sp");
  });
});
