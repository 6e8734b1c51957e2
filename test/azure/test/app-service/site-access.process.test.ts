import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { httpsRequest } from "./https-client.ts";
import { SiteWorld } from "./site-world.ts";

// Document: "Access restrictions". Real HTTPS, a real process; no Azure.

let world: SiteWorld;

beforeAll(async () => {
  world = await SiteWorld.start();
});

afterAll(() => world.close());

beforeEach(() => world.renew());

it("opens a site once, however many requests make it at once", async () => {
  await world.owner("DELETE", `${world.site}?deleteEmptyServerFarm=false`);
  const serverFarmId = world.site.replace("/sites/site", "/serverfarms/plan");
  const body = { location: "westeurope", properties: { serverFarmId } };
  const put = () => world.owner("PUT", world.site, body);
  const made = await Promise.all([put(), put(), put()]);
  const { main, scm } = await world.appService.siteHostNames(world.site);
  for (const { body: shown } of made)
    expect(shown["properties"]).toMatchObject({ enabledHostNames: [main, scm] });
  await world.owner("DELETE", `${world.site}?deleteEmptyServerFarm=false`);
  const { ca } = world.tenants.azure.certificate;
  // Another process may listen there by now, with a certificate that is not trusted.
  await expect(httpsRequest(`https://${main}/`, ca)).rejects.toThrow();
});

describe("Access restrictions", () => {
  const deny = { ipSecurityRestrictionsDefaultAction: "Deny" };

  it("admits an address that a rule allows", async () => {
    await world.putSite({ ...deny, ipSecurityRestrictions: allow("127.0.0.1/32") });
    const answer = await world.front("/");
    expect([answer.status, answer.body]).toEqual([
      503,
      expect.stringContaining("Service Unavailable"),
    ]);
  });

  it("refuses any other address, and leaves the SCM site open", async () => {
    await world.putSite({ ...deny, ipSecurityRestrictions: allow("203.0.113.0/24") });
    const answer = await world.front("/");
    expect([answer.status, answer.body]).toEqual([403, expect.stringContaining("Ip Forbidden")]);
    expect(answer.headers["x-ms-forbidden-ip"]).toBe("127.0.0.1");
    expect((await world.scm("/api/deployments")).status).toBe(200);
  });

  it.each([
    ["rules of its own", { scmIpSecurityRestrictions: allow("203.0.113.0/24") }],
    ["a default of its own", { scmIpSecurityRestrictionsDefaultAction: "Deny" }],
    ["the main site's", { ...deny, scmIpSecurityRestrictionsUseMain: true }],
  ])("refuses an address at the SCM site by %s", async (_, siteConfig) => {
    await world.putSite(siteConfig);
    const answer = await world.scm("/api/deployments");
    expect([answer.status, answer.body]).toEqual([403, expect.stringContaining("Ip Forbidden")]);
  });

  it("refuses every address at both sites without public network access", async () => {
    await world.owner("PATCH", world.site, { properties: { publicNetworkAccess: "Disabled" } });
    for (const answer of [await world.front("/"), await world.scm("/api/deployments")])
      expect([answer.status, answer.body]).toEqual([403, expect.stringContaining("Ip Forbidden")]);
  });
});

function allow(ipAddress: string): unknown[] {
  return [{ name: "a", priority: 100, action: "Allow", ipAddress }];
}
