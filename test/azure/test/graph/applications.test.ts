import { beforeEach, describe, expect, it } from "vitest";
import { HOME, defaultSeed } from "../../src/local-azure/seed/default-seed.ts";
import { requestToken } from "../entra/exchange-client.ts";
import { twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";
import { deployerClient, graphClient, type GraphClient, refusal } from "./graph-client.ts";

const denied = {
  status: 403,
  code: "Authorization_RequestDenied",
  message: "Insufficient privileges to complete the operation.",
};
const HOME_DEPLOYER = defaultSeed.tenants[0]?.deployer.objectId ?? "";

let world: TwoTenants;
let home: GraphClient;
beforeEach(async () => {
  world = await twoTenants();
  home = deployerClient(world, 0);
});

describe("application resource type, Application.ReadWrite.OwnedBy (graph/permissions-reference)", () => {
  it.each([
    ["PATCH", { displayName: "mine now" }],
    ["DELETE", undefined],
  ])("refuses to %s an application that the caller does not own", async (method, body) => {
    const path = `/applications/${world.application.objectId}`;
    expect(await refusal(home(method, path, body))).toEqual(denied);
    expect(world.application.displayName).toBe("cross-tenant-data dev");
  });

  it("refuses every operation without a Graph permission", async () => {
    const nobody = graphClient(world, world.identity);
    const path = `/applications/${world.application.objectId}`;
    expect(await refusal(nobody("GET", path))).toEqual(denied);
    expect(await refusal(nobody("POST", "/applications", { displayName: "x" }))).toEqual(denied);
    expect(await refusal(nobody("DELETE", path))).toEqual(denied);
  });

  it("refuses to add an owner, which takes more than OwnedBy", async () => {
    const id = await create();
    const reference = `https://graph.localhost/v1.0/directoryObjects/${world.identity.objectId}`;
    const added = home("POST", `/applications/${id}/owners/$ref`, { "@odata.id": reference });
    expect(await refusal(added)).toEqual(denied);
  });

  it("lets the creator change, list and delete what it created", async () => {
    const id = await create();
    expect(world.azure.state.applications.get(id)?.owners).toEqual([HOME_DEPLOYER]);
    expect((await home("PATCH", `/applications/${id}`, { notes: "n" })).status).toBe(204);
    expect((await home("GET", `/applications/${id}`)).body).toMatchObject({ notes: "n" });
    expect((await home("DELETE", `/applications/${id}`)).status).toBe(204);
  });
});

describe("Create application (graph/api/application-post-applications)", () => {
  it("refuses a body without displayName", async () => {
    expect(await refusal(home("POST", "/applications", {}))).toEqual({
      status: 400,
      code: "Request_BadRequest",
      message: "A value is required for property 'displayName' of resource 'Application'.",
    });
  });

  it("refuses a property that does not exist or cannot be written", async () => {
    const texts = {
      nonsense: "Invalid property 'nonsense'.",
      toString: "Invalid property 'toString'.",
      appId: "Property 'appId' is read-only and cannot be set.",
      id: "Property 'id' is read-only and cannot be set.",
      uniqueName: "Property 'uniqueName' is read-only and cannot be set.",
    };
    for (const [property, message] of Object.entries(texts)) {
      const body = { displayName: "x", [property]: "x" };
      expect(await refusal(home("POST", "/applications", body))).toEqual({
        status: 400,
        code: "Request_BadRequest",
        message,
      });
    }
  });

  it("answers 501 for client secrets and certificates", async () => {
    for (const property of ["passwordCredentials", "keyCredentials"]) {
      const body = { displayName: "x", [property]: [{}] };
      expect(await refusal(home("POST", "/applications", body))).toEqual({
        status: 501,
        code: "NotImplemented",
        message: `a non-empty ${property} is not emulated by the local Azure`,
      });
    }
    const id = await create();
    const added = await home("POST", `/applications/${id}/addPassword`, {});
    expect(added.status).toBe(501);
  });

  it("refuses an owner that is no object of the tenant", async () => {
    const foreign = world.principal.objectId;
    const body = { displayName: "x", "owners@odata.bind": [ownerReference(foreign)] };
    expect(await refusal(home("POST", "/applications", body))).toEqual({
      status: 404,
      code: "Request_ResourceNotFound",
      message: `Resource '${foreign}' does not exist or one of its queried reference-property objects are not present.`,
    });
  });

  it("creates a single-tenant application by default, in the tenant of the token, owned by those bound", async () => {
    // Ids are GUIDs: their letter case says nothing.
    const bind = [ownerReference(HOME_DEPLOYER.toUpperCase())];
    const made = await home("POST", "/applications", {
      displayName: "x",
      "owners@odata.bind": bind,
    });
    expect(made).toMatchObject({
      status: 201,
      body: { displayName: "x", signInAudience: "AzureADMyOrg", passwordCredentials: [] },
    });
    const id = String(made.body["id"]);
    expect(world.azure.state.applications.get(id)?.tenantId).toBe(HOME);
    const { body } = await home("GET", `/applications/${id}/owners`);
    expect(body["value"]).toMatchObject([{ id: HOME_DEPLOYER }]);
  });
});

describe("Get and list applications (graph/api/application-get)", () => {
  it("refuses an application of another tenant as if it did not exist", async () => {
    const elsewhere = deployerClient(world, 1);
    const id = world.application.objectId;
    expect(await refusal(elsewhere("GET", `/applications/${id}`))).toMatchObject({
      status: 404,
      code: "Request_ResourceNotFound",
    });
    expect((await elsewhere("GET", "/applications")).body["value"]).toHaveLength(1);
  });

  it("finds an application by object id, by appId and by filter", async () => {
    const { objectId, appId } = world.application;
    const filter = encodeURIComponent(`appId eq '${appId}'`);
    const byId = await home("GET", `/applications/${objectId}`);
    const byKey = await home("GET", `/applications(appId='${appId}')`);
    const byFilter = await home("GET", `/applications?$filter=${filter}`);
    expect(byId.body).toMatchObject({ id: objectId, appId });
    expect(byKey.body).toEqual(byId.body);
    expect(byFilter.body["value"]).toMatchObject([{ id: objectId, appId }]);
  });

  it("answers 501 naming method and path for what is not emulated", async () => {
    expect(await refusal(home("GET", "/users"))).toEqual({
      status: 501,
      code: "NotImplemented",
      message: "GET /v1.0/users is not emulated by the local Azure",
    });
  });
});

describe("Delete application (graph/api/application-delete)", () => {
  it("soft-deletes, frees nothing for the exchange, and forgets on permanent deletion", async () => {
    world.application.owners = [HOME_DEPLOYER];
    const { objectId, appId } = world.application;
    await home("DELETE", `/applications/${objectId}`);
    const items = "/directory/deletedItems";
    const listed = await home("GET", `${items}/microsoft.graph.application`);
    expect(listed.body["value"]).toMatchObject([{ id: objectId, appId }]);
    expect((await requestToken(world)).status).toBe(400);
    expect((await home("DELETE", `${items}/${objectId}`)).status).toBe(204);
    expect((await home("GET", `${items}/${objectId}`)).status).toBe(404);
  });

  it("removes the service principal of its own tenant and leaves the other tenant's orphaned", async () => {
    world.application.owners = [HOME_DEPLOYER];
    const { appId, objectId } = world.application;
    const local = await home("POST", "/servicePrincipals", { appId });
    await home("DELETE", `/applications/${objectId}`);
    const { servicePrincipals } = world.azure.state;
    expect(servicePrincipals.has(String(local.body["id"]))).toBe(false);
    expect(servicePrincipals.get(world.principal.objectId)).toMatchObject({ appId });
  });
});

async function create(): Promise<string> {
  const { body } = await home("POST", "/applications", { displayName: "mine" });
  return String(body["id"]);
}

function ownerReference(id: string): string {
  return `https://graph.localhost/v1.0/directoryObjects/${id}`;
}
