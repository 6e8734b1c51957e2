import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import type { FaultService } from "../../../src/http/faults/fault.ts";
import type { LocalAzure } from "../../../src/local-azure/local-azure.ts";
import type { Endpoints } from "../../../src/world/endpoints.ts";
import { httpsRequest } from "../../app-service/https-client.ts";
import { SiteWorld } from "../../app-service/site-world.ts";
import { sharedLocalAzure } from "../../tenants/shared-local-azure.ts";

let azure: LocalAzure;
let world: SiteWorld;
sharedLocalAzure.beforeAll(async ({ azure: shared }) => {
  azure = shared;
  world = await SiteWorld.start();
  await world.putSite();
});
afterAll(() => world.close());

describe("a fault set at the control address", () => {
  it.each<[FaultService, keyof Endpoints]>([
    ["metadata", "metadata"],
    ["entra", "login"],
    ["oidc", "oidc"],
    ["graph", "graph"],
    ["resource-manager", "resourceManager"],
    ["storage", "storage"],
    ["key-vault", "keyVault"],
  ])("fails %s and nothing else", async (service, endpoint) => {
    const path = "^/some/path$";
    expect(await control("PUT", [{ service, kind: "status", status: 418, path }])).toBe(200);
    const others = Object.keys(azure.endpoints).filter((name) => name !== endpoint);
    expect(await status(endpoint, "/some/path")).toBe(418);
    expect(await status(endpoint, "/another/path")).not.toBe(418);
    for (const other of others) expect(await status(other, "/some/path")).not.toBe(418);
    expect(await control("DELETE")).toBe(204);
    expect(await status(endpoint, "/some/path")).not.toBe(418);
  });

  it.each<[FaultService, keyof Endpoints]>([
    ["metadata", "metadata"],
    ["entra", "login"],
    ["oidc", "oidc"],
    ["graph", "graph"],
    ["resource-manager", "resourceManager"],
    ["storage", "storage"],
    ["key-vault", "keyVault"],
  ])("closes the port of %s, and opens it again", async (service, endpoint) => {
    const others = Object.keys(azure.endpoints).filter((name) => name !== endpoint);
    expect(await control("PUT", [{ service, kind: "refused" }])).toBe(200);
    await expect(status(endpoint, "/")).rejects.toMatchObject({ code: "ECONNREFUSED" });
    for (const other of others) expect(await status(other, "/")).toBeGreaterThan(199);
    expect(await control("DELETE")).toBe(204);
    expect(await status(endpoint, "/")).toBeGreaterThan(199);
  });

  it.each<[FaultService, keyof Endpoints, number, RegExp]>([
    [
      "entra",
      "login",
      503,
      /"AADSTS90033: A transient error has occurred. .*"error_codes":\[90033\]/,
    ],
    ["storage", "storage", 503, /<Code>ServerBusy<\/Code><Message>The server is busy\.\n/],
    ["storage", "storage", 500, /<Code>InternalError<\/Code><Message>The server encountered/],
    ["graph", "graph", 503, /"code":"InjectedFault","message":"injected fault before the commit"/],
  ])("has %s refuse in its own form", async (service, endpoint, refused, words) => {
    await control("PUT", [{ service, kind: "status", status: refused, retryAfterSeconds: 7 }]);
    const answer = await httpsRequest(`${azure.endpoints[endpoint]}/some/path`, authority());
    await control("DELETE");
    expect([answer.status, answer.headers["retry-after"]]).toEqual([refused, "7"]);
    expect(answer.body).toMatch(words);
  });

  it("does not fail the control address", async () => {
    expect(await control("GET")).toBe(200);
  });
});

describe("a fault in front of a site's SCM site", () => {
  it("fails it, and not the site", async () => {
    const { faults } = world.tenants.azure.traffic;
    faults.set([{ service: "scm", kind: "status", status: 418 }]);
    expect((await world.scm("/api/deployments")).status).toBe(418);
    expect((await world.front("/")).status).not.toBe(418);
    faults.clear();
    expect((await world.scm("/api/deployments")).status).toBe(200);
  });
});

async function status(name: string, path: string): Promise<number> {
  const origin = azure.endpoints[name as keyof Endpoints];
  return (await httpsRequest(`${origin}${path}`, authority())).status;
}

async function control(method: string, body?: unknown): Promise<number> {
  const { url, token } = azure.connection.control;
  const answer = await httpsRequest(`${url}/faults`, authority(), {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answer.status;
}

function authority(): string {
  return readFileSync(azure.caFile, "utf8");
}
