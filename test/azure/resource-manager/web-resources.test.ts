import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createAppService, type AppService } from "../app-service/app-service.ts";
import type { ServicePrincipal } from "../state.ts";
import { createManagement, follow, type Management } from "./management-client.ts";
import { createBareTenants, type BareTenants } from "./bare-tenants.ts";

// Documents: REST references "Resource Groups", "User Assigned Identities", "App Service Plans", "Web Apps";
// "How managed identities for Azure resources work"; "Managed identities in App Service".

let tenants: BareTenants;
let appService: AppService;
let ownerPrincipal: ServicePrincipal;
let as: (principal: ServicePrincipal) => Management;
let owner: Management;
let group: string;
let identity: string;
let plan: string;
let site: string;

beforeAll(async () => {
  tenants = await createBareTenants();
  appService = createAppService(tenants.azure, { scmRestartMilliseconds: 0 });
  as = createManagement(tenants, appService);
  ownerPrincipal = tenants.principal(tenants.home);
  const subscription = `/subscriptions/${tenants.home.subscriptionId}`;
  tenants.grant(ownerPrincipal, "Owner", subscription);
  owner = as(ownerPrincipal);
  group = `${subscription}/resourceGroups/rg`;
  identity = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id`;
  plan = `${group}/providers/Microsoft.Web/serverfarms/plan`;
  site = `${group}/providers/Microsoft.Web/sites/site`;
});

afterAll(() => appService.close());

beforeEach(async () => {
  await follow(owner, await remove()).catch(() => undefined);
  await owner("PUT", group, { location: "westeurope" });
  await owner("PUT", identity, { location: "westeurope" });
  const sku = { name: "B1", tier: "Basic" };
  await owner("PUT", plan, { location: "westeurope", sku, properties: { reserved: true } });
});

const remove = () => owner("DELETE", group);

function siteBody(properties: Record<string, unknown> = {}, siteIdentity?: unknown): unknown {
  return {
    location: "westeurope",
    kind: "app,linux",
    ...(siteIdentity === undefined ? {} : { identity: siteIdentity }),
    properties: { serverFarmId: plan, httpsOnly: true, ...properties },
  };
}

const userAssigned = () => ({ type: "UserAssigned", userAssignedIdentities: { [identity]: {} } });

describe("Resource Groups", () => {
  it("takes everything in it along when it is deleted", async () => {
    await owner("PUT", site, siteBody({}, userAssigned()));
    const held = [...tenants.azure.state.servicePrincipals.values()];
    expect(held.filter((p) => p.servicePrincipalType === "ManagedIdentity")).toHaveLength(1);
    const reader = tenants.principal(tenants.home);
    tenants.grant(reader, "Reader", site);
    const accepted = await remove();
    expect([accepted.status, accepted.headers.get("retry-after")]).toEqual([202, "1"]);
    expect((await follow(owner, accepted)).status).toBe(200);
    const { state } = tenants.azure;
    expect([...state.resources.keys()]).toEqual([]);
    const scopes = [...state.roleAssignments.values()].map(({ scope }) => scope);
    expect(scopes.filter((scope) => scope.startsWith(group))).toEqual([]);
    const left = [...state.servicePrincipals.values()];
    expect(left.filter((p) => p.servicePrincipalType === "ManagedIdentity")).toEqual([]);
    await expect(appService.siteHosts(site)).rejects.toThrow("was never applied");
  });

  it("answers HEAD with 204 or 404", async () => {
    expect((await owner("HEAD", group)).status).toBe(204);
    expect((await owner("HEAD", `${group}2`)).status).toBe(404);
  });

  it("refuses to move to another location", async () => {
    const { status, error } = await owner("PUT", group, { location: "northeurope" });
    expect([status, error]).toEqual([
      409,
      {
        code: "InvalidResourceGroupLocation",
        message:
          "Invalid resource group location 'northeurope'. The Resource group already exists in location 'westeurope'.",
      },
    ]);
  });

  it("refuses new resources while it is being deleted", async () => {
    const resource = tenants.azure.state.resources.get(group.toLowerCase());
    Object.assign(resource?.properties ?? {}, { provisioningState: "Deleting" });
    const { status, error } = await owner("PUT", `${plan}2`, { location: "westeurope" });
    expect([status, error]).toEqual([
      409,
      {
        code: "ResourceGroupBeingDeleted",
        message:
          "The resource group 'rg' is in deprovisioning state and cannot perform this operation.",
      },
    ]);
  });

  it("refuses new identities while it is being deleted and makes no service principal", async () => {
    const { resources, servicePrincipals } = tenants.azure.state;
    Object.assign(resources.get(group.toLowerCase())?.properties ?? {}, {
      provisioningState: "Deleting",
    });
    const before = servicePrincipals.size;
    const refused = [
      await owner("PUT", `${identity}2`, { location: "westeurope" }),
      await owner("PUT", site, siteBody({}, { type: "SystemAssigned" })),
    ];
    for (const { status, error } of refused)
      expect([status, error]).toMatchObject([
        409,
        {
          code: "ResourceGroupBeingDeleted",
          message: expect.stringContaining("'rg' is in deprovisioning state") as string,
        },
      ]);
    expect(servicePrincipals.size).toBe(before);
  });
});

describe("User Assigned Identities", () => {
  it("creates a service principal and removes it with the identity", async () => {
    const { body } = await owner("GET", identity);
    const { principalId, clientId, tenantId } = body["properties"] as Record<string, string>;
    const principal = tenants.azure.state.servicePrincipals.get(principalId ?? "");
    expect([principal?.appId, principal?.tenantId]).toEqual([clientId, tenantId]);
    expect((await owner("PUT", identity, { location: "westeurope" })).body).toEqual(body);
    expect((await owner("DELETE", identity)).status).toBe(200);
    expect(tenants.azure.state.servicePrincipals.has(principalId ?? "")).toBe(false);
    expect((await owner("DELETE", identity)).status).toBe(204);
  });
});

describe("App Service Plans", () => {
  it("refuses to go while a site is on it", async () => {
    await owner("PUT", site, siteBody());
    const { status, error } = await owner("DELETE", plan);
    expect([status, error]).toEqual([
      409,
      {
        code: "Conflict",
        message:
          "Server farm 'plan' cannot be deleted because it has web app(s) site assigned to it.",
      },
    ]);
    expect((await owner("DELETE", `${site}?deleteEmptyServerFarm=false`)).status).toBe(200);
    expect((await owner("DELETE", plan)).status).toBe(200);
  });
});

describe("App Service Plans, kind", () => {
  it.each([
    [{ sku: { name: "B1" }, properties: { reserved: true } }, "linux"],
    [{ sku: { name: "B1" }, properties: {} }, "app"],
    [{ sku: { name: "Y1" }, properties: {} }, "functionapp"],
    [{ sku: { name: "EP1" }, properties: {} }, "elastic"],
    [{ sku: { name: "B1" }, properties: {}, kind: "xenon" }, "xenon"],
  ])("of %j is %s", async (body, kind) => {
    await owner("DELETE", plan);
    const created = await owner("PUT", plan, { location: "westeurope", ...body });
    expect(created.body["kind"]).toBe(kind);
  });
});

describe("Web Apps", () => {
  it("refuses a NUL in a setting as not emulated, as no environment can hold it", async () => {
    const settings = [{ name: "A", value: "a\0b" }];
    const refused = [501, "application settings with a NUL character are not emulated"];
    const body = siteBody({ siteConfig: { appSettings: settings } });
    const { status, error } = await owner("PUT", site, body);
    expect([status, error.message]).toEqual(refused);
    await owner("PUT", site, siteBody());
    const path = `${site}/config/appsettings`;
    const second = await owner("PUT", path, { properties: { A: "a\0b" } });
    expect([second.status, second.error.message]).toEqual(refused);
  });

  it("refuses settings that are no list in config/web, and keeps what it had", async () => {
    await owner("PUT", site, siteBody());
    const before = (await owner("GET", `${site}/config/web`)).body;
    const body = { properties: { appSettings: "x", appCommandLine: "node other.cjs" } };
    const { status, error } = await owner("PATCH", `${site}/config/web`, body);
    expect([status, error.code]).toEqual([400, "InvalidRequestContent"]);
    expect(error.message).toContain("'appSettings' must be a list of objects");
    expect((await owner("GET", `${site}/config/web`)).body).toEqual(before);
  });

  const appSettings = [{ name: "ONE", value: "1" }];

  it("answers what was written, with its hosts and without its settings", async () => {
    const siteConfig = { linuxFxVersion: "NODE|24-lts", appSettings };
    const { status, body } = await owner("PUT", site, siteBody({ siteConfig }, userAssigned()));
    expect(status).toBe(200);
    const { main, scm } = await appService.siteHosts(site);
    expect(body).toMatchObject({
      kind: "app,linux",
      identity: { type: "UserAssigned" },
      properties: {
        serverFarmId: plan,
        httpsOnly: true,
        defaultHostName: main,
        hostNameSslStates: [
          { name: main, hostType: "Standard" },
          { name: scm, hostType: "Repository" },
        ],
        siteConfig: { linuxFxVersion: "NODE|24-lts", appSettings: null },
      },
    });
    expect((await owner("GET", site)).body).toEqual(body);
    const list = await owner("POST", `${site}/config/appsettings/list`);
    expect(list.body["properties"]).toEqual({ ONE: "1" });
    const web = await owner("GET", `${site}/config/web`);
    expect(web.body["properties"]).toMatchObject({ linuxFxVersion: "NODE|24-lts" });
  });

  it("has the kind and tier of its plan when the body names no kind", async () => {
    const properties = { serverFarmId: plan };
    const put = await owner("PUT", site, { location: "westeurope", properties });
    expect(put.body).toMatchObject({
      kind: "app,linux",
      properties: { reserved: true, sku: "Basic" },
    });
    await owner("PUT", plan, { location: "westeurope", sku: { name: "P1v3" } });
    expect((await owner("GET", site)).body["properties"]).toMatchObject({ sku: "PremiumV3" });
  });

  it("keeps its ports and its settings over a PATCH of something else", async () => {
    await owner("PUT", site, siteBody({ siteConfig: { appSettings } }));
    const hosts = await appService.siteHosts(site);
    await owner("PATCH", site, { properties: { siteConfig: { alwaysOn: true } } });
    expect(await appService.siteHosts(site)).toEqual(hosts);
    const list = await owner("POST", `${site}/config/appsettings/list`);
    expect(list.body["properties"]).toEqual({ ONE: "1" });
  });

  it("replaces all its settings when one PUT has some", async () => {
    await owner("PUT", site, siteBody({ siteConfig: { appSettings } }));
    await owner("PUT", `${site}/config/appsettings`, { properties: { TWO: "2" } });
    const list = await owner("POST", `${site}/config/appsettings/list`);
    expect(list.body["properties"]).toEqual({ TWO: "2" });
  });

  it("allows publishing credentials until a policy forbids them", async () => {
    await owner("PUT", site, siteBody());
    const policy = `${site}/basicPublishingCredentialsPolicies/scm`;
    expect((await owner("GET", policy)).body["properties"]).toEqual({ allow: true });
    await owner("PUT", policy, { properties: { allow: false } });
    expect((await owner("GET", policy)).body["properties"]).toEqual({ allow: false });
  });

  it("creates a system-assigned identity with the site and deletes it with the site", async () => {
    const { body } = await owner("PUT", site, siteBody({}, { type: "SystemAssigned" }));
    const { principalId } = body["identity"] as { principalId: string };
    expect(tenants.azure.state.servicePrincipals.has(principalId)).toBe(true);
    await owner("DELETE", site);
    expect(tenants.azure.state.servicePrincipals.has(principalId)).toBe(false);
  });

  it("refuses an identity that the caller may not assign", async () => {
    const deployer = tenants.principal(tenants.home);
    tenants.grant(deployer, "Contributor", site);
    tenants.grant(deployer, "Contributor", plan);
    expect((await as(deployer)("PUT", site, siteBody())).status).toBe(200);
    const { status, error } = await as(deployer)("PUT", site, siteBody({}, userAssigned()));
    expect([status, error]).toEqual([
      403,
      {
        code: "LinkedAuthorizationFailed",
        message: `The client '${deployer.appId}' with object id '${deployer.objectId}' has permission to perform action 'Microsoft.Web/sites/write' on scope '${site}'; however, it does not have permission to perform action(s) 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action' on the linked scope(s) '${identity}' (respectively) or the linked scope(s) are invalid.`,
      },
    ]);
  });

  it("refuses an identity that does not exist", async () => {
    const none = { type: "UserAssigned", userAssignedIdentities: { [`${identity}2`]: {} } };
    const { status, error } = await owner("PUT", site, siteBody({}, none));
    expect([status, error.code]).toEqual([400, "FailedIdentityOperation"]);
    expect(error.message).toContain(`The Resource '${identity}2' was not found.`);
  });

  it("refuses a plan that does not exist", async () => {
    const { status, error } = await owner("PUT", site, siteBody({ serverFarmId: `${plan}2` }));
    expect([status, error]).toEqual([
      404,
      { code: "NotFound", message: "Cannot find ServerFarm with name plan2." },
    ]);
  });

  it("refuses in App Service's own shape what App Service refuses", async () => {
    const { body } = await owner("PUT", site, siteBody({ serverFarmId: `${plan}2` }));
    const Message = "Cannot find ServerFarm with name plan2.";
    expect(body).toEqual({
      Code: "NotFound",
      Message,
      Target: null,
      Details: [
        { Message },
        { Code: "NotFound" },
        {
          ErrorEntity: {
            ExtendedCode: "51004",
            MessageTemplate: "Cannot find {0} with name {1}.",
            Parameters: ["ServerFarm", "plan2"],
            Code: "NotFound",
            Message,
          },
        },
      ],
      Innererror: null,
    });
    expect((await owner("GET", `${site}2`)).body).toMatchObject({
      error: { code: "ResourceNotFound" },
    });
  });

  it("refuses a start command that needs a shell", async () => {
    const siteConfig = { appCommandLine: "node main.cjs && rm main.cjs" };
    const { status, error } = await owner("PUT", site, siteBody({ siteConfig }));
    expect([status, error.code]).toEqual([501, "NotImplemented"]);
    expect(error.message).toContain("needs a shell, which is not emulated");
    expect((await owner("GET", site)).status).toBe(404);
  });

  it.each([
    ["clientCertEnabled", true],
    ["enabled", false],
  ])("refuses a site with %s %s, which it would serve regardless", async (name, value) => {
    const { status, error } = await owner("PUT", site, siteBody({ [name]: value }));
    expect([status, error]).toEqual([
      501,
      { code: "NotImplemented", message: `a site with ${name} ${value} is not emulated` },
    ]);
  });

  it("refuses access restrictions that it cannot enforce", async () => {
    const ipSecurityRestrictions = [{ name: "fd", tag: "ServiceTag", ipAddress: "AzureFrontDoor" }];
    const { status, error } = await owner(
      "PUT",
      site,
      siteBody({ siteConfig: { ipSecurityRestrictions } }),
    );
    expect([status, error]).toEqual([
      501,
      {
        code: "NotImplemented",
        message: 'access restriction "fd" is not emulated, only address ranges are',
      },
    ]);
  });
});
