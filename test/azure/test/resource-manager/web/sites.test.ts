import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { webWorld, type WebWorld } from "./web-world.ts";

// Documents: REST reference "Web Apps"; "Managed identities in App Service".

let world: WebWorld;

beforeEach(async () => {
  world = await webWorld();
});

afterEach(() => world.appService.close());

describe("Web Apps", () => {
  const appSettings = [{ name: "ONE", value: "1" }];

  it("answers what was written, with its hosts and without its settings", async () => {
    const siteConfig = { linuxFxVersion: "NODE|24-lts", appSettings };
    const { status, body } = await world.owner(
      "PUT",
      world.site,
      world.siteBody({ siteConfig }, world.userAssigned),
    );
    expect(status).toBe(200);
    const { main, scm } = await world.appService.siteHostNames(world.site);
    expect(body).toMatchObject({
      kind: "app,linux",
      identity: { type: "UserAssigned" },
      properties: {
        serverFarmId: world.plan,
        httpsOnly: true,
        defaultHostName: main,
        hostNameSslStates: [
          { name: main, hostType: "Standard" },
          { name: scm, hostType: "Repository" },
        ],
      },
    });
    const site = await world.owner("GET", world.site);
    expect(site.body).toMatchObject({
      location: "West Europe",
      properties: { siteConfig: { linuxFxVersion: "NODE|24-lts", appSettings: null } },
    });
    const list = await world.owner("POST", `${world.site}/config/appsettings/list`);
    expect(list.body["properties"]).toEqual({ ONE: "1" });
    const web = await world.owner("GET", `${world.site}/config/web`);
    expect(web.body["properties"]).toMatchObject({ linuxFxVersion: "NODE|24-lts" });
  });

  it("answers a PUT with the configuration that was before, and GET with what it shows of the new one", async () => {
    const siteConfig = { linuxFxVersion: "NODE|24-lts", alwaysOn: true, minTlsVersion: "1.3" };
    const put = await world.owner("PUT", world.site, world.siteBody({ siteConfig }));
    const before = { linuxFxVersion: "", alwaysOn: false, minTlsVersion: null };
    expect(put.body["properties"]).toMatchObject({ siteConfig: before });
    const read = await world.owner("GET", world.site);
    const after = { linuxFxVersion: "NODE|24-lts", alwaysOn: true, minTlsVersion: null };
    expect(read.body["properties"]).toMatchObject({ siteConfig: after });
    const web = await world.owner("GET", `${world.site}/config/web`);
    expect(web.body["properties"]).toMatchObject({ minTlsVersion: "1.3" });
  });

  it("is Linux as its plan is, whatever its body says", async () => {
    const given = world.siteBody({ reserved: false });
    const { body } = await world.owner("PUT", world.site, { ...(given as object), kind: "app" });
    expect(body).toMatchObject({ kind: "app,linux", properties: { reserved: true } });
  });

  it("takes the bare name of a plan in its own group, and refuses that of none", async () => {
    const named = await world.owner("PUT", world.site, world.siteBody({ serverFarmId: "plan" }));
    expect(named.body["properties"]).toMatchObject({ serverFarmId: world.plan });
    const none = await world.owner("PUT", world.site, world.siteBody({ serverFarmId: "none" }));
    expect([none.status, none.body["Code"], none.body["Message"]]).toEqual([
      404,
      "NotFound",
      "Cannot find ServerFarm with name none.",
    ]);
  });

  it("has the kind and tier of its plan when the body names no kind", async () => {
    const properties = { serverFarmId: world.plan };
    const put = await world.owner("PUT", world.site, { location: "westeurope", properties });
    expect(put.body).toMatchObject({
      kind: "app,linux",
      properties: { reserved: true, sku: "Basic" },
    });
    await world.owner("PUT", world.plan, { location: "westeurope", sku: { name: "P1v3" } });
    expect((await world.owner("GET", world.site)).body["properties"]).toMatchObject({
      sku: "PremiumV3",
    });
  });

  it("keeps its ports and its settings over a PATCH of something else", async () => {
    await world.owner("PUT", world.site, world.siteBody({ siteConfig: { appSettings } }));
    const hosts = await world.appService.siteHostNames(world.site);
    await world.owner("PATCH", world.site, { properties: { siteConfig: { alwaysOn: true } } });
    expect(await world.appService.siteHostNames(world.site)).toEqual(hosts);
    const list = await world.owner("POST", `${world.site}/config/appsettings/list`);
    expect(list.body["properties"]).toEqual({ ONE: "1" });
  });

  it("replaces all its settings when one PUT has some", async () => {
    await world.owner("PUT", world.site, world.siteBody({ siteConfig: { appSettings } }));
    await world.owner("PUT", `${world.site}/config/appsettings`, { properties: { TWO: "2" } });
    const list = await world.owner("POST", `${world.site}/config/appsettings/list`);
    expect(list.body["properties"]).toEqual({ TWO: "2" });
  });

  it("allows publishing credentials until a policy forbids them", async () => {
    await world.owner("PUT", world.site, world.siteBody());
    const policy = `${world.site}/basicPublishingCredentialsPolicies/scm`;
    expect((await world.owner("GET", policy)).body["properties"]).toEqual({ allow: true });
    await world.owner("PUT", policy, { properties: { allow: false } });
    expect((await world.owner("GET", policy)).body["properties"]).toEqual({ allow: false });
  });

  it("creates a system-assigned identity with the site and deletes it with the site", async () => {
    const { body } = await world.owner(
      "PUT",
      world.site,
      world.siteBody({}, { type: "SystemAssigned" }),
    );
    const { principalId } = body["identity"] as { principalId: string };
    expect(world.tenants.azure.state.servicePrincipals.has(principalId)).toBe(true);
    await world.owner("DELETE", world.site);
    expect(world.tenants.azure.state.servicePrincipals.has(principalId)).toBe(false);
  });
});
