import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { refusalOf } from "../home-owner.ts";
import { webWorld, type WebWorld } from "./web-world.ts";

// Documents: REST reference "Web Apps"; "Managed identities in App Service".

let world: WebWorld;

beforeEach(async () => {
  world = await webWorld();
});

afterEach(() => world.appService.close());

describe("Web Apps", () => {
  it("refuses a NUL in a setting as not emulated, as no environment can hold it", async () => {
    const settings = [{ name: "A", value: "a\0b" }];
    const refused = [501, "application settings with a NUL character are not emulated"];
    const body = world.siteBody({ siteConfig: { appSettings: settings } });
    const { status, error } = await world.owner("PUT", world.site, body);
    expect([status, error.message]).toEqual(refused);
    await world.owner("PUT", world.site, world.siteBody());
    const path = `${world.site}/config/appsettings`;
    const second = await world.owner("PUT", path, { properties: { A: "a\0b" } });
    expect([second.status, second.error.message]).toEqual(refused);
  });

  it("refuses settings that are no list in config/web, and keeps what it had", async () => {
    await world.owner("PUT", world.site, world.siteBody());
    const before = (await world.owner("GET", `${world.site}/config/web`)).body;
    const body = { properties: { appSettings: "x", appCommandLine: "node other.cjs" } };
    const { status, error } = await world.owner("PATCH", `${world.site}/config/web`, body);
    expect([status, error.code]).toEqual([400, "InvalidRequestContent"]);
    expect(error.message).toContain("'appSettings' must be a list of objects");
    expect((await world.owner("GET", `${world.site}/config/web`)).body).toEqual(before);
  });

  it("refuses an identity that the caller may not assign", async () => {
    const deployer = world.tenants.principal(world.tenants.home);
    world.tenants.grant(deployer, "Contributor", world.site);
    world.tenants.grant(deployer, "Contributor", world.plan);
    expect((await world.as(deployer)("PUT", world.site, world.siteBody())).status).toBe(200);
    const { status, error } = await world.as(deployer)(
      "PUT",
      world.site,
      world.siteBody({}, world.userAssigned),
    );
    expect([status, error]).toEqual([
      403,
      {
        code: "LinkedAuthorizationFailed",
        message: `The client '${deployer.appId}' with object id '${deployer.objectId}' has permission to perform action 'Microsoft.Web/sites/write' on scope '${world.site}'; however, it does not have permission to perform action(s) 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action' on the linked scope(s) '${world.identity}' (respectively) or the linked scope(s) are invalid.`,
      },
    ]);
  });

  it("refuses an identity that does not exist", async () => {
    const none = { type: "UserAssigned", userAssignedIdentities: { [`${world.identity}2`]: {} } };
    const { status, error } = await world.owner("PUT", world.site, world.siteBody({}, none));
    expect([status, error.code]).toEqual([400, "FailedIdentityOperation"]);
    expect(error.message).toContain(`The Resource '${world.identity}2' was not found.`);
  });

  it("refuses a plan that does not exist", async () => {
    const { status, error } = await world.owner(
      "PUT",
      world.site,
      world.siteBody({ serverFarmId: `${world.plan}2` }),
    );
    expect([status, error]).toEqual([
      404,
      { code: "NotFound", message: "Cannot find ServerFarm with name plan2." },
    ]);
  });

  it("refuses in App Service's own shape what App Service refuses", async () => {
    const { body } = await world.owner(
      "PUT",
      world.site,
      world.siteBody({ serverFarmId: `${world.plan}2` }),
    );
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
    expect((await world.owner("GET", `${world.site}2`)).body).toMatchObject({
      error: { code: "ResourceNotFound" },
    });
  });

  it("refuses a start command that needs a shell", async () => {
    const siteConfig = { appCommandLine: "node main.cjs && rm main.cjs" };
    const { status, error } = await world.owner("PUT", world.site, world.siteBody({ siteConfig }));
    expect([status, error.code]).toEqual([501, "NotImplemented"]);
    expect(error.message).toContain("needs a shell, which is not emulated");
    expect((await world.owner("GET", world.site)).status).toBe(404);
  });

  it.each([
    ["clientCertEnabled", true],
    ["enabled", false],
  ])("refuses a site with %s %s, which it would serve regardless", async (name, value) => {
    const { status, error } = await world.owner(
      "PUT",
      world.site,
      world.siteBody({ [name]: value }),
    );
    expect([status, error]).toEqual([
      501,
      { code: "NotImplemented", message: `a site with ${name} ${value} is not emulated` },
    ]);
  });

  it("refuses access restrictions that it cannot enforce", async () => {
    const ipSecurityRestrictions = [{ name: "fd", tag: "ServiceTag", ipAddress: "AzureFrontDoor" }];
    const { status, error } = await world.owner(
      "PUT",
      world.site,
      world.siteBody({ siteConfig: { ipSecurityRestrictions } }),
    );
    expect([status, error]).toEqual([
      501,
      {
        code: "NotImplemented",
        message: 'access restriction "fd" is not emulated, only address ranges are',
      },
    ]);
  });

  it.each([
    ["httpsOnly", "yes"],
    ["httpsOnly", 1],
    ["clientCertEnabled", "true"],
    ["clientCertMode", "Always"],
    ["publicNetworkAccess", "SecuredByPerimeter"],
  ])("refuses a site with %s %j, also in a PATCH", async (name, value) => {
    const refusal = [400, "BadRequest", `The parameter ${name} has an invalid value.`];
    const properties = { [name]: value };
    const answer = await world.owner("PUT", world.site, world.siteBody(properties));
    expect(refusalOf(answer)).toEqual(refusal);
    expect((await world.owner("GET", world.site)).status).toBe(404);
    await world.owner("PUT", world.site, world.siteBody());
    const before = (await world.owner("GET", world.site)).body;
    expect(refusalOf(await world.owner("PATCH", world.site, { properties }))).toEqual(refusal);
    expect((await world.owner("GET", world.site)).body).toEqual(before);
  });

  it.each([
    ["alwaysOn", "on"],
    ["ftpsState", "SftpOnly"],
    ["minTlsVersion", "1.4"],
    ["minTlsVersion", 1.2],
    ["scmMinTlsVersion", "TLS1_2"],
    ["publicNetworkAccess", "open"],
  ])("refuses a siteConfig with %s %j, also in config/web", async (name, value) => {
    const refusal = [400, "BadRequest", `The parameter ${name} has an invalid value.`];
    const siteConfig = { [name]: value };
    const answer = await world.owner("PUT", world.site, world.siteBody({ siteConfig }));
    expect(refusalOf(answer)).toEqual(refusal);
    await world.owner("PUT", world.site, world.siteBody());
    const config = `${world.site}/config/web`;
    const before = (await world.owner("GET", config)).body;
    expect(refusalOf(await world.owner("PATCH", config, { properties: siteConfig }))).toEqual(
      refusal,
    );
    expect((await world.owner("GET", config)).body).toEqual(before);
  });

  it("takes the values that there are, in any case", async () => {
    const siteConfig = {
      alwaysOn: true,
      ftpsState: "disabled",
      minTlsVersion: "1.3",
      scmMinTlsVersion: "1.0",
      publicNetworkAccess: "",
    };
    const given = { clientCertEnabled: false, clientCertMode: "optional", siteConfig };
    const { status } = await world.owner("PUT", world.site, world.siteBody(given));
    expect(status).toBe(200);
  });
});
