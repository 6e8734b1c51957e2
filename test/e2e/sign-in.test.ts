import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allowedKeys } from "../infra/support/configure.ts";
import { contoso, devConfig } from "./support/dev-config.ts";
import { startMetadataHost } from "./support/metadata-host.ts";
import { stackRefusals } from "./support/stack-refusals.ts";
import { startStage, type Stage } from "./support/stage.ts";

const home = devConfig()["homeTenant"] as Record<string, string> & { applicationOwners: string[] };
const resource = contoso() as Record<string, string>;

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

// A sign-in for another tenant than the configured one comes from the Azure CLI only, which the stand-ins do not know.
describe("a stack whose sign-ins do not fit", () => {
  it("refuses swapped subscriptions, with both tenants' refusals and nothing written", async () => {
    const said = await stackRefusals(stage, {
      homeTenant: { ...home, subscriptionId: resource["subscriptionId"] },
      resourceTenants: [{ ...resource, subscriptionId: home["subscriptionId"] }],
    });
    const text = [
      wrongSubscription("home", home, resource),
      wrongSubscription("contoso", resource, home),
    ].join("\n");
    expect(said).toEqual([text, text]);
  });

  it("refuses the other tenant's deployer as unknown in this one", async () => {
    const deployerClientId = resource["deployerClientId"];
    for (const text of await stackRefusals(stage, { homeTenant: { ...home, deployerClientId } })) {
      expect(text).toContain(
        `home: cannot sign in in tenant "${home["tenantId"]}"; check tenantId`,
      );
      expect(text).toContain(
        `AADSTS700016: Application with identifier '${deployerClientId}' was not found in the directory '${home["tenantId"]}'`,
      );
      expect(text).not.toContain("contoso:");
    }
  });

  it("refuses a deployer that would not own the application, before it makes one", async () => {
    const { applicationOwners, ...others } = home;
    const said = await stackRefusals(stage, { homeTenant: others });
    const text = `homeTenant.applicationOwners does not name the deployer, whose object id is "${applicationOwners[0]}"; add it: an application that its deployer does not own can get no credential from it, and only an admin can delete it`;
    expect(said).toEqual([text, text]);
  });

  it("refuses a tenant that Entra does not know", async () => {
    const tenantId = "d3b07384-d113-4ec4-9f1c-0a6b5e2c7d04";
    for (const text of await stackRefusals(stage, { homeTenant: { ...home, tenantId } })) {
      expect(text).toContain(`home: cannot sign in in tenant "${tenantId}"; check tenantId`);
      expect(text).toContain(`AADSTS90002: Tenant '${tenantId}' not found`);
    }
  });
});

describe("a cloud whose metadata host is wrong", () => {
  const advice = "check the host and that this machine trusts its certificate";

  it("refuses a host that cannot be reached", async () => {
    // Nobody serves it any more (IANA: compressnet); a port that was free a moment ago may be another process's by now.
    const host = "localhost:2";
    for (const text of await stackRefusals(stage, {}, { ARM_METADATA_HOSTNAME: host })) {
      expect(text).toContain(`${url(host)} cannot be reached (connect ECONNREFUSED `);
      expect(text).toContain(advice);
    }
  });

  it("refuses a host whose certificate is not trusted", async () => {
    const { host, close } = await startMetadataHost("{}");
    for (const text of await stackRefusals(stage, {}, { ARM_METADATA_HOSTNAME: host })) {
      expect(text).toContain(`${url(host)} cannot be reached (`);
      expect(text).toContain(advice);
    }
    await close();
  });

  it.each([
    ["<html>a login page</html>", `did not answer with JSON; ${advice}`],
    ['{"name":"not Azure"}', "does not say loginEndpoint; is it an Azure metadata host?"],
  ])("refuses a host that answers %s", async (body, reason) => {
    const { host, env, close } = await startMetadataHost(body);
    const text = `${url(host)} ${reason}`;
    expect(await stackRefusals(stage, {}, env)).toEqual([text, text]);
    await close();
  });
});

describe("a configuration that cannot be used", () => {
  it("refuses ambient sign-ins, all at once and without the secret's value", async () => {
    const said = await stackRefusals(
      stage,
      {},
      {
        ARM_TENANT_ID: home["tenantId"],
        ARM_CLIENT_ID: home["deployerClientId"],
        ARM_SUBSCRIPTION_ID: home["subscriptionId"],
        ARM_CLIENT_SECRET: "canary",
      },
    );
    const text = problems(
      `ARM_CLIENT_ID is "${home["deployerClientId"]}": ${ambient}`,
      `ARM_CLIENT_SECRET is "(hidden)": ${ambient}`,
      `ARM_SUBSCRIPTION_ID is "${home["subscriptionId"]}": ${ambient}`,
      `ARM_TENANT_ID is "${home["tenantId"]}": ${ambient}`,
    );
    expect(said).toEqual([text, text]);
  });

  it("refuses a wrong key, name, id and list in one error", async () => {
    const said = await stackRefusals(stage, {
      targetz: [],
      homeTenant: { ...home, tenantId: "contoso.example" },
      resourceTenants: [{ ...resource, name: "home" }],
      allowedClientAddresses: ["everybody"],
    });
    const text = problems(
      `cross-tenant-data:targetz is "(hidden)": is not known; allowed: ${allowedKeys}`,
      'homeTenant.tenantId is "contoso.example": must be a GUID such as 00000000-0000-0000-0000-000000000000',
      'resourceTenants[0].name is "home": is reserved for the home tenant; choose another name',
      'allowedClientAddresses[0] is "everybody": must be an address range such as 203.0.113.7/32',
    );
    expect(said).toEqual([text, text]);
  });
});

const ambient = "would sign in to every tenant alike; unset it, ids are per tenant here";

function problems(...lines: string[]): string {
  return ["the stack's configuration cannot be used:", ...lines.map((line) => `  * ${line}`)].join(
    "\n",
  );
}

function url(host: string): string {
  return `metadataHost: https://${host}/metadata/endpoints?api-version=2022-09-01`;
}

type Tenant = Readonly<Record<string, string>>;

function wrongSubscription(name: string, own: Tenant, other: Tenant): string {
  return (
    `${name}: cannot read subscription "${other["subscriptionId"]}" in tenant "${own["tenantId"]}"; ` +
    `check tenantId, subscriptionId and deployerClientId of ${name} and its deployer's roles. ` +
    "Azure said: invocation of azure-native:authorization:getRoleDefinition returned an error: " +
    "cannot call azure-native:authorization:getRoleDefinition: status 401 InvalidAuthenticationTokenTenant: " +
    `The access token is from the wrong issuer ${issuer(own)}. It must match the tenant ${issuer(other)} associated with this subscription.`
  );
}

function issuer(tenant: Tenant): string {
  return `'https://sts.windows.net/${tenant["tenantId"]}/'`;
}
