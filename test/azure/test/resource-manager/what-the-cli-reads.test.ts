import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { homeOwner, type HomeOwner } from "./home-owner.ts";

// Documents: REST reference "Web Apps" (List Publishing Profile Xml With Secrets), "Provider" (Get Web App Stacks), "Managed
// HSMs" (List Deleted): what the Azure CLI reads around the resources that it is asked for.

let home: HomeOwner;
let site: string;

beforeAll(async () => {
  home = await homeOwner();
  const plan = `${home.group}/providers/Microsoft.Web/serverfarms/plan`;
  site = `${home.group}/providers/Microsoft.Web/sites/site`;
  await home.owner("PUT", plan, { location: "westeurope" });
  const properties = { serverFarmId: plan };
  await home.owner("PUT", site, { location: "westeurope", properties });
});

afterAll(() => home.appService.close());

describe("Web Apps - List Publishing Profile Xml With Secrets", () => {
  it("refuses the profile of a site that does not exist", async () => {
    const { status, error } = await home.owner("POST", `${site}2/publishxml`);
    expect([status, error.code]).toEqual([404, "ResourceNotFound"]);
  });

  it("names the SCM site and no password", async () => {
    const { status, text } = await home.owner("POST", `${site}/publishxml`);
    expect(status).toBe(200);
    expect(text).toContain(`publishUrl="${(await home.appService.siteHostNames(site)).scm}"`);
    expect(text).toContain('userPWD=""');
  });
});

describe("Provider - Get Web App Stacks", () => {
  const stacks = "/providers/Microsoft.Web/webAppStacks";

  it("has Node on Linux in the spelling of linuxFxVersion, and nothing for Windows", async () => {
    const { status, text } = await home.owner("GET", stacks);
    expect(status).toBe(200);
    expect(text).toContain('"runtimeVersion":"NODE|24-lts"');
    const windows = await home.owner("GET", `${stacks}?stackOsType=Windows`);
    expect(windows.body).toEqual({ value: [] });
  });
});

describe("Managed HSMs - List Deleted", () => {
  it("has none", async () => {
    const path = `${home.subscription}/providers/Microsoft.KeyVault/deletedManagedHSMs`;
    expect((await home.owner("GET", path)).body).toEqual({ value: [] });
  });
});
