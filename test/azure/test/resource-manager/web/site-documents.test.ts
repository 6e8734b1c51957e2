import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { homeOwner, type HomeOwner, refusalOf } from "../home-owner.ts";

// Document: REST reference "Web Apps": List Application Settings, Get Configuration, and their kin.

let world: HomeOwner;
let site: string;

beforeAll(async () => {
  world = await homeOwner();
  const provider = `${world.group}/providers/Microsoft.Web`;
  site = `${provider}/sites/documents`;
  await world.owner("PUT", `${provider}/serverfarms/plan`, { location: "westeurope" });
  const properties = {
    serverFarmId: `${provider}/serverfarms/plan`,
    siteConfig: { alwaysOn: true },
  };
  await world.owner("PUT", site, { location: "westeurope", kind: "app,linux", properties });
});

afterAll(() => world.appService.close());

describe("A site's configuration", () => {
  it.each([
    ["authsettings", { enabled: true }, "App Service authentication"],
    ["authsettingsV2", { platform: { enabled: true } }, "App Service authentication"],
    ["connectionstrings", { db: { value: "x", type: "Custom" } }, "connection strings"],
    ["azurestorageaccounts", { share: { type: "AzureFiles" } }, "mounted storage"],
  ])("refuses %s that would change how it behaves, with 501", async (name, properties, what) => {
    expect(refusalOf(await world.owner("PUT", `${site}/config/${name}`, { properties }))).toEqual([
      501,
      "NotImplemented",
      `a site with ${what} is not emulated`,
    ]);
  });

  it("refuses connection strings in siteConfig too", async () => {
    const siteConfig = { connectionStrings: [{ name: "db", connectionString: "x" }] };
    const { status, error } = await world.owner("PATCH", site, { properties: { siteConfig } });
    expect([status, error.message]).toEqual([
      501,
      "a site with connection strings is not emulated",
    ]);
  });

  it("refuses what may hold secrets to a reader", async () => {
    const reader = world.tenants.principal(world.tenants.home);
    world.tenants.grant(reader, "Reader", site);
    const { status, error } = await world.as(reader)("POST", `${site}/config/authsettings/list`);
    expect([status, error.code]).toEqual([403, "AuthorizationFailed"]);
    expect(error.message).toContain("'Microsoft.Web/sites/config/list/action'");
    expect((await world.as(reader)("GET", `${site}/config/logs`)).status).toBe(200);
  });

  it("refuses a site that does not exist", async () => {
    const { status, error } = await world.owner("GET", `${site}2/config/logs`);
    expect([status, error.code]).toEqual([404, "ResourceNotFound"]);
    expect(error.message).toContain("'Microsoft.Web/sites/documents2'");
  });

  it.each([
    ["GET", "logs", "", { failedRequestsTracing: { enabled: true } }],
    ["GET", "slotConfigNames", "", { appSettingNames: ["ONE"] }],
    ["POST", "metadata", "/list", { CURRENT_STACK: "node" }],
    ["POST", "authsettings", "/list", { enabled: false, tokenStoreEnabled: false }],
    ["GET", "authsettingsV2", "/list", { platform: { enabled: false } }],
  ])("answers %s config/%s as it was written", async (method, name, suffix, properties) => {
    const before = await world.owner(method, `${site}/config/${name}${suffix}`);
    const own = { id: `${site}/config/${name}`, name, type: "Microsoft.Web/sites/config" };
    // The names of slot settings come under the site's own name, and without an id.
    const sites = { id: null, name: "documents", type: "Microsoft.Web/sites" };
    const named = name === "slotConfigNames" ? sites : own;
    expect(before.body).toMatchObject(named);
    const written = await world.owner("PUT", `${site}/config/${name}`, { properties });
    const read = await world.owner(method, `${site}/config/${name}${suffix}`);
    expect(read.body).toEqual(written.body);
    expect(read.body).toMatchObject({ ...named, properties });
  });

  it("answers config/web with what Azure answers for the rest", async () => {
    const { body } = await world.owner("GET", `${site}/config/web`);
    expect(body["properties"]).toMatchObject({
      alwaysOn: true,
      ftpsState: "FtpsOnly",
      minTlsVersion: "1.2",
      numberOfWorkers: 1,
      appSettings: null,
    });
    expect((await world.owner("GET", `${site}/config`)).body["value"]).toEqual([body]);
  });
});

describe("Access restrictions in config/web", () => {
  it("end with the rule for everybody else, before which that of a site without rules gives way", async () => {
    const all = { ipAddress: "Any", action: "Allow", priority: 2147483647, name: "Allow all" };
    const office = { ipAddress: "203.0.113.0/24", action: "Allow", priority: 100, name: "office" };
    const { body } = await world.owner("PATCH", `${site}/config/web`, {
      properties: { ipSecurityRestrictions: [office, all] },
    });
    expect(body).toMatchObject({
      id: site,
      name: "documents",
      type: "Microsoft.Web/sites",
      properties: {
        ipSecurityRestrictions: [office, { ...all, action: "Deny", name: "Deny all" }],
        scmIpSecurityRestrictions: [all],
      },
    });
  });
});

describe("What tools read of a site beside that", () => {
  it("has no backup, answered with 404", async () => {
    expect(refusalOf(await world.owner("POST", `${site}/config/backup/list`))).toEqual([
      404,
      "NotFound",
      "Backup configuration not found for site 'documents'.",
    ]);
  });

  it("has its own host name, no slots, and publishing credentials without a password", async () => {
    const { main, scm } = await world.appService.siteHostNames(site);
    const hosts = await world.owner("GET", `${site}/hostNameBindings`);
    expect(hosts.body["value"]).toMatchObject([{ name: `documents/${main}` }]);
    expect((await world.owner("GET", `${site}/slots`)).body["value"]).toEqual([]);
    const credentials = await world.owner("POST", `${site}/config/publishingcredentials/list`);
    expect(credentials.body["properties"]).toMatchObject({
      publishingUserName: "$documents",
      publishingPassword: null,
      scmUri: `https://${scm}`,
    });
  });
});
