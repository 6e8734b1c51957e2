import { beforeEach, describe, expect, it } from "vitest";
import { createGraph } from "../../src/graph/graph.ts";
import { graphRoutes } from "../../src/graph/routes.ts";
import { twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";
import { authorizationOf, clientWith, deployer, graphClient, refusal } from "./graph-client.ts";

const EVERYTHING = [
  "Application.ReadWrite.All",
  "Application.Read.All",
  "Directory.Read.All",
  "Organization.Read.All",
];
const answered = graphRoutes.filter((route) => route.supported !== "no");

let world: TwoTenants;
beforeEach(async () => {
  world = await twoTenants();
});

describe("The list of routes", () => {
  it.each(answered.filter(({ permissions }) => permissions.length > 0))(
    "refuses $method $path without a permission ($document)",
    async ({ method, path }) => {
      const nobody = graphClient(world, world.identity);
      const body = method === "GET" ? undefined : {};
      expect(await refusal(nobody(method, filled(path), body))).toEqual({
        status: 403,
        code: "Authorization_RequestDenied",
        message: "Insufficient privileges to complete the operation.",
      });
    },
  );

  it.each(answered)("answers $method $path, as it says ($document)", async ({ method, path }) => {
    const client = clientWith(world, 0, ...EVERYTHING);
    const body = method === "GET" ? undefined : {};
    expect((await client(method, filled(path), body)).status).toBeLessThan(500);
  });

  it.each(graphRoutes.filter((route) => route.supported === "no"))(
    "answers 501 for $method $path, as it says ($document)",
    async ({ method, path }) => {
      const client = clientWith(world, 0, ...EVERYTHING);
      const body = method === "GET" ? undefined : {};
      expect(await refusal(client(method, filled(path), body))).toMatchObject({
        status: 501,
        code: "NotImplemented",
      });
    },
  );

  it("says what is missing where a route is answered in part", () => {
    for (const { supported, missing } of graphRoutes) {
      expect(missing !== undefined, missing).toBe(supported === "partly");
    }
  });
});

describe("Paths (OData 4.01 URL conventions 4.3)", () => {
  it.each(["/v1.0/users/1", "/v1.0/applications/delta", "/v1.0/applications/delta()"])(
    "answers 501 for %s",
    async (path) => {
      expect((await get(path)).status).toBe(501);
    },
  );

  it.each(["/v2.0/applications", "/applications", "/", "//applications"])(
    "refuses %s, which names no version",
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        error: { code: "BadRequest", message: "Invalid version." },
      });
    },
  );

  it("refuses a path that is not UTF-8", async () => {
    expect((await get("/v1.0/applications/%ff")).status).toBe(400);
  });

  it("refuses an alternate key that the type does not have", async () => {
    expect((await get("/v1.0/servicePrincipals(displayName='site')")).status).toBe(501);
  });

  it("takes an application by every key, in every form, in v1.0 and in beta", async () => {
    const { objectId, appId } = world.application;
    for (const path of [
      `/v1.0/applications/${objectId}`,
      `/v1.0/applications/${objectId}/`,
      `/beta/APPLICATIONS/${objectId.toUpperCase()}`,
      `/v1.0/applications('${objectId}')`,
      `/v1.0/applications(appId='${appId.toUpperCase()}')`,
      `/v1.0/applications%28appid=%27${appId}%27%29`,
    ]) {
      const response = await get(path);
      expect({ path, status: response.status }).toEqual({ path, status: 200 });
      expect(await response.json()).toMatchObject({ id: objectId });
    }
  });

  it("takes a quote, a slash and a bracket in a key", async () => {
    const client = clientWith(world, 0, ...EVERYTHING);
    const path = `/applications(uniqueName='${encodeURIComponent("it''s/(one)")}')`;
    const made = client("PATCH", path, { displayName: "x" }, { prefer: "create-if-missing" });
    expect((await made).body).toMatchObject({ uniqueName: "it's/(one)" });
  });

  it("tells the request ids, the client's own where it is one", async () => {
    const id = "33333333-3333-4333-8333-333333333333";
    const own = await get("/v1.0/applications", { "client-request-id": id });
    expect(own.headers.get("client-request-id")).toBe(id);
    const none = await get("/v1.0/applications", { "client-request-id": "x" });
    expect(none.headers.get("client-request-id")).toBe(none.headers.get("request-id"));
  });
});

async function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  const authorization = await authorizationOf(world, {
    ...deployer(world, 0),
    graphPermissions: EVERYTHING,
  });
  return createGraph(world.azure).request(path, { headers: { authorization, ...headers } });
}

/** The route's path with ids of nothing. */
function filled(path: string): string {
  return path.replaceAll(/\{[^}]*\}/g, "33333333-3333-4333-8333-333333333333");
}
