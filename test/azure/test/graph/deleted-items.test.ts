import { beforeEach, describe, expect, it } from "vitest";
import { requestToken } from "../entra/exchange-client.ts";
import { twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";
import {
  clientWith,
  deployer,
  deployerClient,
  type GraphClient,
  refusal,
  valuesOf,
} from "./graph-client.ts";

const items = "/directory/deletedItems";
const DAY = 24 * 3600 * 1000;

let world: TwoTenants;
let home: GraphClient;
beforeEach(async () => {
  world = await twoTenants();
  world.application.owners = [deployer(world, 0).objectId];
  home = deployerClient(world, 0);
});

describe("List deletedItems (graph/api/directory-deleteditems-list)", () => {
  it("refuses a list of all types", async () => {
    expect(await refusal(home("GET", items))).toEqual({
      status: 400,
      code: "Request_UnsupportedQuery",
      message:
        "Searches against this resource are not supported. Only specific instances can be queried.",
    });
  });

  it("takes a type by the name of its namespace and by the alias, as generated clients write it", async () => {
    const { objectId } = world.application;
    await home("DELETE", `/applications/${objectId}`);
    for (const type of ["microsoft.graph.application", "graph.application"]) {
      expect(await valuesOf(home("GET", `${items}/${type}`))).toMatchObject([{ id: objectId }]);
    }
  });
});

describe("Restore deleted item (graph/api/directory-deleteditems-restore)", () => {
  it("refuses what is not deleted, and another tenant's", async () => {
    const { objectId } = world.application;
    expect(await refusal(home("POST", `${items}/${objectId}/restore`))).toEqual(missing(objectId));
    await home("DELETE", `/applications/${objectId}`);
    const elsewhere = deployerClient(world, 1);
    const restored = elsewhere("POST", `${items}/${objectId}/restore`);
    expect(await refusal(restored)).toEqual(missing(objectId));
  });

  it("refuses an application that the caller does not own, under OwnedBy", async () => {
    const { objectId } = world.application;
    await home("DELETE", `/applications/${objectId}`);
    world.application.owners = [];
    for (const [method, path] of [
      ["POST", `${items}/${objectId}/restore`],
      ["DELETE", `${items}/${objectId}`],
    ] as const) {
      expect(await refusal(home(method, path))).toEqual({
        status: 403,
        code: "Authorization_RequestDenied",
        message: "Insufficient privileges to complete the operation.",
      });
    }
  });

  it("refuses after 30 days", async () => {
    const { objectId } = world.application;
    await home("DELETE", `/applications/${objectId}`);
    world.clock.milliseconds += 30 * DAY - 1000;
    expect((await home("GET", `${items}/${objectId}`)).status).toBe(200);
    world.clock.milliseconds += 1000;
    expect(await refusal(home("POST", `${items}/${objectId}/restore`))).toEqual(missing(objectId));
    expect(await valuesOf(home("GET", `${items}/microsoft.graph.application`))).toEqual([]);
  });

  it("refuses a service principal whose application is gone, or that has a successor", async () => {
    const resource = deployerClient(world, 1);
    const { objectId, appId } = world.principal;
    await resource("DELETE", `/servicePrincipals/${objectId}`);
    await resource("POST", "/servicePrincipals", { appId });
    expect(await refusal(resource("POST", `${items}/${objectId}/restore`))).toEqual({
      status: 409,
      code: "Request_MultipleObjectsWithSameKeyValue",
      message: `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`,
    });
    await home("DELETE", `/applications/${world.application.objectId}`);
    expect(await refusal(resource("POST", `${items}/${objectId}/restore`))).toEqual({
      status: 400,
      code: "Request_BadRequest",
      message: `The appId '${appId}' of the service principal does not reference a valid application object.`,
    });
  });

  it("refuses an application whose identifier URI or uniqueName was taken meanwhile", async () => {
    const upsert = { prefer: "create-if-missing" };
    for (const [property, path, body] of [
      ["uniqueName", "/applications(uniqueName='u')", { displayName: "u" }],
      [
        "identifierUris",
        "/applications(uniqueName='v')",
        { displayName: "v", identifierUris: ["api://v"] },
      ],
    ] as const) {
      const { body: made } = await home("PATCH", path, body, upsert);
      await home("DELETE", path);
      if (property === "uniqueName") await home("PATCH", path, body, upsert);
      else await home("POST", "/applications", body);
      const restored = home("POST", `${items}/${String(made["id"])}/restore`);
      expect(await refusal(restored)).toEqual({
        status: 400,
        code: "Request_BadRequest",
        message: `Another object with the same value for property ${property} already exists.`,
      });
    }
  });

  it("brings an application back with its credentials, so that the exchange works again", async () => {
    const { objectId } = world.application;
    await home("DELETE", `/applications/${objectId}`);
    expect((await requestToken(world)).status).toBe(400);
    const restored = await home("POST", `${items}/${objectId}/restore`);
    expect(restored).toMatchObject({
      status: 200,
      body: { "@odata.type": "#microsoft.graph.application", id: objectId, deletedDateTime: null },
    });
    const credentials = home("GET", `/applications/${objectId}/federatedIdentityCredentials`);
    expect(await valuesOf(credentials)).toMatchObject([{ name: "site" }]);
    expect((await requestToken(world)).status).toBe(200);
  });

  it("brings its own tenant's service principal back with it (delete-recover-faq)", async () => {
    const { objectId, appId } = world.application;
    const { body } = await home("POST", "/servicePrincipals", { appId });
    await home("DELETE", `/applications/${objectId}`);
    const deleted = home("GET", `${items}/microsoft.graph.servicePrincipal`);
    expect(await valuesOf(deleted)).toMatchObject([
      { id: body["id"], deletedDateTime: "2026-01-15T12:00:00Z" },
    ]);
    await home("POST", `${items}/${objectId}/restore`);
    expect((await home("GET", `/servicePrincipals(appId='${appId}')`)).body).toMatchObject({
      id: body["id"],
      deletedDateTime: null,
    });
  });

  it("brings a service principal back as it was, so that the exchange works again", async () => {
    const resource = clientWith(world, 1, "Application.ReadWrite.All");
    const { objectId } = world.principal;
    await resource("DELETE", `/servicePrincipals/${objectId}`);
    expect((await requestToken(world)).status).toBe(401);
    expect((await resource("POST", `${items}/${objectId}/restore`)).status).toBe(200);
    expect((await requestToken(world)).status).toBe(200);
  });
});

describe("Permanently delete item (graph/api/directory-deleteditems-delete)", () => {
  it("refuses what is not deleted", async () => {
    const { objectId } = world.application;
    expect(await refusal(home("DELETE", `${items}/${objectId}`))).toEqual(missing(objectId));
  });

  it("leaves the service principal among the deleted (howto-restore-app)", async () => {
    const { objectId, appId } = world.application;
    const { body } = await home("POST", "/servicePrincipals", { appId });
    await home("DELETE", `/applications/${objectId}`);
    expect((await home("DELETE", `${items}/${objectId}`)).status).toBe(204);
    expect((await home("GET", `${items}/${String(body["id"])}`)).status).toBe(200);
    expect((await home("POST", `${items}/${String(body["id"])}/restore`)).status).toBe(400);
  });
});

function missing(id: string) {
  return {
    status: 404,
    code: "Request_ResourceNotFound",
    message: `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  };
}
