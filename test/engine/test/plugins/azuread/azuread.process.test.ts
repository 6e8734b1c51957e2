import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { unknown } from "../../../src/grpc/properties.ts";
import {
  type AzureStub,
  clientId,
  objectId,
  startAzureStub,
  tenantId,
} from "../../support/azure-stub.ts";
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

const callerReference = `DELETE /v1.0/applications/o/owners/${objectId}/$ref`;
const noContent = () => new Response(null, { status: 204 });
/** What was asked of Graph to be changed. */
const changes = () =>
  azure.requests.filter((request) => /^(POST|PATCH|DELETE) \/v1\.0\//.test(request));

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

  it("is created with its caller and its owners, renamed there and back, and read", async () => {
    const found = { id: "o", appId: "c", displayName: "a", signInAudience: "AzureADMyOrg" };
    answer("POST /v1.0/applications", found, 201);
    answer("PATCH /v1.0/applications/o", {});
    answer("GET /v1.0/applications/o", found);
    answer("GET /v1.0/applications/o/owners", owners);
    azure.answers.set(callerReference, noContent);
    const { id, state } = await plugin.create(application, { displayName: "a", owners: ["owner"] });
    expect(id).toBe("/applications/o");
    expect(state).toMatchObject({ clientId: "c", objectId: "o", owners: ["owner"] });
    expect(azure.bodies.get("POST /v1.0/applications")).toMatchObject({
      displayName: "a",
      signInAudience: "AzureADMyOrg",
      "owners@odata.bind": [objectId, "owner"].map(
        (id) => `${azure.origin}/v1.0/directoryObjects/${id}`,
      ),
    });
    expect(changes()).toEqual([
      "POST /v1.0/applications",
      "PATCH /v1.0/applications/o",
      "PATCH /v1.0/applications/o",
      callerReference,
    ]);
    expect(azure.bodies.get("PATCH /v1.0/applications/o")).toEqual({ displayName: "a" });
  });

  it("keeps its caller among the owners when it is one of them", async () => {
    const found = { id: "o", appId: "c", displayName: "a" };
    answer("POST /v1.0/applications", found, 201);
    answer("PATCH /v1.0/applications/o", {});
    answer("GET /v1.0/applications/o", found);
    answer("GET /v1.0/applications/o/owners", { value: [{ id: objectId }] });
    await plugin.create(application, { displayName: "a", owners: [objectId.toUpperCase()] });
    expect(changes()).not.toContain(callerReference);
  });

  it("stays in the state when only its first owner could not be removed", async () => {
    answer("POST /v1.0/applications", { id: "o", appId: "c" }, 201);
    answer("PATCH /v1.0/applications/o", {});
    const error = { code: "Authorization_RequestDenied", message: "Insufficient privileges" };
    answer(callerReference, { error }, 403);
    const failure = await plugin.create(application, { displayName: "a" }).catch((e: unknown) => e);
    expect(String(failure)).toContain(
      'Could not remove initial owner from application with object ID: "o": unexpected status 403 (403 Forbidden) with error: Authorization_RequestDenied: Insufficient privileges',
    );
    expect(keptId(failure)).toBe("/applications/o");
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

  it("is made again when its answer was lost, and the first is an orphan", async () => {
    const found = { id: "o", appId: "c", displayName: "a" };
    azure.answers.set("POST /v1.0/applications", () => {
      answer("POST /v1.0/applications", found, 201);
      return new Response(null, { status: 503 });
    });
    answer("PATCH /v1.0/applications/o", {});
    answer("GET /v1.0/applications/o", found);
    answer("GET /v1.0/applications/o/owners", { value: [] });
    azure.answers.set(callerReference, noContent);
    await plugin.create(application, { displayName: "a" });
    expect(changes().filter((request) => request.startsWith("POST"))).toHaveLength(2);
  });

  it("is lost when its answer never comes", async () => {
    answer("POST /v1.0/applications", { error: { code: "x", message: "try later" } }, 503);
    const failure = await plugin.create(application, { displayName: "a" }).catch((e: unknown) => e);
    expect(String(failure)).toContain(
      `cannot create ${application} "example": Could not create application: unexpected status 503 (503 Service Unavailable) with error: x: try later`,
    );
    expect(keptId(failure)).toBeUndefined();
    expect(changes()).toHaveLength(5);
  });
});

describe("federated identity credential", () => {
  const path = "/v1.0/applications/app/federatedIdentityCredentials";
  const found = { id: "f", name: "site", issuer: "i", subject: "s", audiences: ["a"] };
  const taken = { code: "Request_MultipleObjectsWithSameKeyValue", message: "already exists" };
  const refused =
    'Adding federated identity credential for Application (Application: "app"): unexpected status 409 (409 Conflict) with error: Request_MultipleObjectsWithSameKeyValue: already exists';

  it("is created, named and read back by its application and id", async () => {
    answer("GET /v1.0/applications/app", { id: "app" });
    answer(`POST ${path}`, found, 201);
    answer(`GET ${path}/f`, found);
    const { id, state } = await plugin.create(credential, credentialInputs);
    expect(id).toBe("app/federatedIdentityCredential/f");
    expect(state).toMatchObject({ credentialId: "f", applicationId: "/applications/app" });
    expect(azure.bodies.get(`POST ${path}`)).toMatchObject({ name: "site", subject: "principal" });
  });

  it("is lost when only the answer to its creation was, because a second one is refused", async () => {
    answer("GET /v1.0/applications/app", { id: "app" });
    azure.answers.set(`POST ${path}`, () => {
      answer(`POST ${path}`, { error: taken }, 409);
      return new Response(null, { status: 502 });
    });
    const failure = await plugin.create(credential, credentialInputs).catch((e: unknown) => e);
    expect(String(failure)).toContain(refused);
    expect(keptId(failure)).toBeUndefined();
  });

  it("refuses to take over the credential that made Graph refuse", async () => {
    answer("GET /v1.0/applications/app", { id: "app" });
    answer(`GET ${path}`, { value: [found] });
    answer(`POST ${path}`, { error: taken }, 409);
    const failure = await plugin.create(credential, credentialInputs).catch((e: unknown) => e);
    expect(String(failure)).toContain(refused);
    expect(keptId(failure)).toBeUndefined();
  });

  it("answers an empty id when it is gone", async () => {
    const read = await plugin.read(credential, "app/federatedIdentityCredential/f", {}, {});
    expect(read.id).toBe("");
  });
});

describe("service principal", () => {
  const path = "/v1.0/servicePrincipals";
  const found = { id: "sp", appId: "c", appOwnerOrganizationId: tenantId };
  const callersReference = `DELETE ${path}/sp/owners/${objectId}/$ref`;

  it("refuses one that exists already, and writes nothing", async () => {
    answer(`GET ${path}`, { value: [{ id: "sp" }] });
    await expect(plugin.create(principal, { clientId: "c" })).rejects.toThrow(
      'A resource with the ID "sp" already exists: To be managed via Terraform, this resource needs to be imported into the State.',
    );
    expect(changes()).toEqual([]);
  });

  it("is created for the application's client id, with its caller as owner for a moment", async () => {
    answer(`GET ${path}`, { value: [] });
    answer(`POST ${path}`, found, 201);
    answer(`PATCH ${path}/sp`, {});
    azure.answers.set(callersReference, noContent);
    const tags = ["WindowsAzureActiveDirectoryIntegratedApp"];
    answer(`GET ${path}/sp`, { ...found, tags, servicePrincipalNames: ["api://x", "c"] });
    answer(`GET ${path}/sp/owners`, { value: [] });
    const inputs = { clientId: "c", tags };
    const { id, state } = await plugin.create(principal, inputs);
    expect(id).toBe("/servicePrincipals/sp");
    expect(state).toMatchObject({
      objectId: "sp",
      clientId: "c",
      applicationTenantId: tenantId,
      owners: [],
      servicePrincipalNames: ["api://x"],
      tags,
    });
    expect(changes()).toEqual([`POST ${path}`, `PATCH ${path}/sp`, callersReference]);
    expect(azure.bodies.get(`POST ${path}`)).toMatchObject({
      tags,
      description: expect.stringMatching(/^TERRAFORM_UPDATE_/) as string,
      "owners@odata.bind": [`${azure.origin}/v1.0/directoryObjects/${objectId}`],
    });
  });

  it("stays in the state, unfinished, when Entra does not show it at once", async () => {
    answer(`GET ${path}`, { value: [] });
    answer(`POST ${path}`, found, 201);
    const error = { code: "Request_ResourceNotFound", message: "Resource 'sp' does not exist" };
    answer(`PATCH ${path}/sp`, { error }, 404);
    const failure = await plugin.create(principal, { clientId: "c" }).catch((e: unknown) => e);
    expect(String(failure)).toContain(
      "Timed out whilst waiting for new service principal to be replicated in Azure AD: unexpected status 404 (404 Not Found) with error: Request_ResourceNotFound: Resource 'sp' does not exist",
    );
    expect(keptId(failure)).toBe("/servicePrincipals/sp");
    expect(changes()).toEqual([`POST ${path}`, `PATCH ${path}/sp`]);
  });

  it("is refused, after a few more tries, for an application that is none", async () => {
    answer(`GET ${path}`, { value: [] });
    const message =
      "The appId 'c' of the service principal does not reference a valid application object.";
    answer(`POST ${path}`, { error: { code: "Request_BadRequest", message } }, 400);
    await expect(plugin.create(principal, { clientId: "c" })).rejects.toThrow(
      `Could not create service principal: unexpected status 400 (400 Bad Request) with error: Request_BadRequest: ${message}`,
    );
    expect(changes()).toHaveLength(5);
  });

  it("says in a diff that an owner is too many whom no input names", async () => {
    const inputs = { clientId: "c" };
    const { changed } = await plugin.diff(principal, inputs, inputs, { owners: ["x"] });
    expect(changed).toEqual(["owners"]);
  });

  it("loses owners whom no input names in an update", async () => {
    answer(`PATCH ${path}/sp`, {});
    answer(`GET ${path}/sp`, found);
    answer(`GET ${path}/sp/owners`, { value: [{ id: objectId }] });
    azure.answers.set(callersReference, noContent);
    const olds = { clientId: "c", owners: [objectId] };
    await plugin.update(principal, "/servicePrincipals/sp", olds, { clientId: "c" });
    expect(changes()).toEqual([`PATCH ${path}/sp`, callersReference]);
  });

  it("refuses to delete one that is gone, which a refresh finds out", async () => {
    await expect(plugin.delete(principal, "/servicePrincipals/sp")).rejects.toThrow(
      'Deleting Service Principal (Service Principal: "sp"): unexpected status 404 (404 Not Found) with error: NotFound: no such thing',
    );
  });

  it("is deleted when reads say so", async () => {
    answer(`GET ${path}/sp`, found);
    azure.answers.set(`DELETE ${path}/sp`, () => {
      azure.answers.delete(`GET ${path}/sp`);
      return noContent();
    });
    await plugin.delete(principal, "/servicePrincipals/sp");
    const asked = azure.requests.filter((request) => request.endsWith(`${path}/sp`));
    expect(asked).toEqual([`DELETE ${path}/sp`, `GET ${path}/sp`]);
  });
});

describe("a connection that is lost", () => {
  it("ends a creation, of which nobody knows whether it was carried out", async () => {
    azure.answers.set("POST /v1.0/applications", () => new Response(brokenBody()));
    await expect(plugin.create(application, { displayName: "a" })).rejects.toThrow(
      "Could not create application: HTTP response was nil; connection may have been reset",
    );
  });
});

/** Ends the connection before it has ended itself. */
function brokenBody(): ReadableStream {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new Uint8Array(1));
      controller.error(new Error("reset"));
    },
  });
}
