import * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadConfig } from "../../../infra/config/load-config.ts";
import { configure } from "../support/configure.ts";
import { contoso, homeTenant as home } from "../support/tenants.ts";

beforeEach(() =>
  pulumi.runtime.setMocks(
    { newResource: () => ({ id: "", state: {} }), call: () => ({}) },
    "cross-tenant-data",
  ),
);
afterEach(() => pulumi.runtime.setAllConfig({}));

const homeTenant = { ...home, tenantId: "6B6B1C1E-5f0a-4c5b-9d0e-2b7a4a1f3c01" };
const archive = {
  name: "archive",
  blobEndpoint: "https://fab.blob.core.windows.net",
  container: "archive",
};
const fabrikam = {
  name: "fabrikam",
  tenantId: "d7a0b3c4-11e2-4f95-a6b8-0c9d8e7f6a03",
  targets: [archive],
};
const applicationClientId = "9f3c7b20-84d1-4e6a-b5c2-7d10a9e8f401";

function problemsOf(config: object, { metadataHost = "", oidc = false, suffix = "" } = {}) {
  configure({ ...config });
  const env = {
    ARM_METADATA_HOSTNAME: metadataHost,
    ACTIONS_ID_TOKEN_REQUEST_URL: oidc ? "https://localhost/oidc" : "",
  };
  try {
    loadConfig(env, suffix || undefined);
  } catch (error) {
    if (!(error instanceof pulumi.RunError)) throw error;
    const [title, ...lines] = error.message.split("\n  * ");
    expect(title).toBe("the stack's configuration cannot be used:");
    return lines;
  }
  return [];
}

const both = (tenant: object) => ({ homeTenant, resourceTenants: [tenant] });
const external = (target: object) => both({ ...fabrikam, targets: [{ ...archive, ...target }] });

describe("stackConfig", () => {
  it("takes all three forms of stack", () => {
    expect(problemsOf({ homeTenant, resourceTenants: [contoso, fabrikam] })).toEqual([]);
    expect(problemsOf({ homeTenant, resourceTenants: [fabrikam] })).toEqual([]);
    expect(problemsOf({ applicationClientId, resourceTenants: [contoso] })).toEqual([]);
  });

  it("keeps tenant ids in lower case", () => {
    configure({ homeTenant });
    expect(loadConfig({}).homeTenant?.tenantId).toBe("6b6b1c1e-5f0a-4c5b-9d0e-2b7a4a1f3c01");
  });

  const guidAdvice = "must be a GUID such as 00000000-0000-0000-0000-000000000000";
  const nameAdvice = "must be 3 to 16 lower-case letters and digits, a letter first";
  const httpsAdvice =
    "must be https, with no user info or query and at most the account in its path, such as https://<account>.blob.core.windows.net";
  const endpointKey = "resourceTenants[0].targets[0].blobEndpoint";

  it.each<[string, object, ...string[]]>([
    [
      "a missing GUID",
      { homeTenant: { ...homeTenant, tenantId: undefined } },
      `homeTenant.tenantId is missing: ${guidAdvice}`,
    ],
    [
      "a malformed service principal id",
      both({ ...contoso, servicePrincipalObjectId: "sp" }),
      `resourceTenants[0].servicePrincipalObjectId is "sp": ${guidAdvice}`,
    ],
    [
      "a malformed deployer id",
      both({ ...contoso, deployerClientId: "me" }),
      `resourceTenants[0].deployerClientId is "me": ${guidAdvice}`,
    ],
    [
      "a malformed GUID",
      both({ ...contoso, subscriptionId: "sub-1" }),
      `resourceTenants[0].subscriptionId is "sub-1": ${guidAdvice}`,
    ],
    [
      "a malformed owner",
      { homeTenant: { ...homeTenant, applicationOwners: ["me"] } },
      `homeTenant.applicationOwners[0] is "me": ${guidAdvice}`,
    ],
    [
      "a malformed application id",
      { applicationClientId: "app", resourceTenants: [contoso] },
      `applicationClientId is "app": ${guidAdvice}`,
    ],
    [
      "a location that is not a region's short name",
      { homeTenant: { ...homeTenant, location: "West Europe" } },
      `homeTenant.location is "West Europe": must be an Azure region's short name such as westeurope`,
    ],
    [
      "the same tenant twice",
      {
        homeTenant,
        resourceTenants: [contoso, { ...contoso, name: "other", targets: [{ name: "orders" }] }],
      },
      `resourceTenants[0].tenantId is "${contoso.tenantId}": is used twice; give one tenant several targets instead`,
      `resourceTenants[1].tenantId is "${contoso.tenantId}": is used twice; give one tenant several targets instead`,
    ],
    [
      "the home tenant as resource tenant",
      both({ ...contoso, tenantId: homeTenant.tenantId }),
      `resourceTenants[0].tenantId is "${homeTenant.tenantId.toLowerCase()}": is the home tenant; a resource tenant must be another tenant`,
    ],
    [
      "a target name twice",
      both({ ...contoso, targets: [{ name: "invoices" }, { name: "invoices" }] }),
      `resourceTenants[0].targets[0].name is "invoices": is used twice; target names are unique in the stack`,
      `resourceTenants[0].targets[1].name is "invoices": is used twice; target names are unique in the stack`,
    ],
    [
      "a tenant name twice",
      { homeTenant, resourceTenants: [contoso, { ...fabrikam, name: "contoso" }] },
      `resourceTenants[0].name is "contoso": is used twice; names must be unique`,
      `resourceTenants[1].name is "contoso": is used twice; names must be unique`,
    ],
    [
      "an invalid name",
      both({ ...contoso, name: "Contoso" }),
      `resourceTenants[0].name is "Contoso": ${nameAdvice}`,
    ],
    [
      "the reserved name",
      both({ ...contoso, name: "home" }),
      `resourceTenants[0].name is "home": is reserved for the home tenant; choose another name`,
    ],
    [
      "a target that is no object",
      both({ ...contoso, targets: ["invoices"] }),
      `resourceTenants[0].targets[0] is "invoices": must be an object`,
    ],
    [
      "a list in place of an object",
      { homeTenant: [homeTenant] },
      "homeTenant is a list: must be an object",
    ],
    [
      "an object in place of a list, without showing what is in it",
      { homeTenant, allowedClientAddresses: { canary: "x" } },
      "allowedClientAddresses is an object: must be a list",
    ],
    [
      "null in place of a list",
      { homeTenant: { ...homeTenant, applicationOwners: null } },
      "homeTenant.applicationOwners is null: must be a list",
    ],
    ...["constructor", "__proto__", "toString"].map((key): [string, object, string] => [
      `the key ${key}`,
      {
        homeTenant: JSON.parse(JSON.stringify(homeTenant).replace("{", `{"${key}":{},`)) as object,
      },
      "homeTenant is an object: has a key such as constructor, which every object has; remove it",
    ]),
    [
      "what is used twice beside a home tenant and a tenant that are no objects",
      { homeTenant: ["x"], resourceTenants: ["y", contoso, contoso, fabrikam] },
      "homeTenant is a list: must be an object",
      'resourceTenants[0] is "y": must be an object',
      ...[1, 2].flatMap((index) => [
        `resourceTenants[${index}].name is "contoso": is used twice; names must be unique`,
        `resourceTenants[${index}].tenantId is "${contoso.tenantId}": is used twice; give one tenant several targets instead`,
        `resourceTenants[${index}].targets[0].name is "invoices": is used twice; target names are unique in the stack`,
      ]),
    ],
    [
      "a name with a question mark, all of it shown",
      both({ ...contoso, name: "con?toso" }),
      `resourceTenants[0].name is "con?toso": ${nameAdvice}`,
    ],
    [
      "targets that are no list",
      both({ ...contoso, targets: "invoices" }),
      `resourceTenants[0].targets is "invoices": must be a list`,
    ],
    [
      "no target",
      both({ ...contoso, targets: [] }),
      "resourceTenants[0].targets is []: must name a target",
    ],
    [
      "an unknown key in the home tenant",
      { homeTenant: { ...homeTenant, region: "x" } },
      `homeTenant.region is "(hidden)": is not known here; allowed: tenantId, subscriptionId, location, deployerClientId, applicationOwners`,
    ],
    [
      "an unknown key in an external tenant",
      both({ ...fabrikam, kind: "blob" }),
      `resourceTenants[0].kind is "(hidden)": is not known here; allowed: name, tenantId, targets`,
    ],
    [
      "an unknown key in a managed tenant",
      both({ ...contoso, blobEndpoint: "x" }),
      `resourceTenants[0].blobEndpoint is "(hidden)": is not known here; allowed: name, tenantId, subscriptionId, location, deployerClientId, servicePrincipalObjectId, targets`,
    ],
    [
      "an unknown key in a target",
      both({ ...contoso, targets: [{ name: "invoices", kind: "blob" }] }),
      `resourceTenants[0].targets[0].kind is "(hidden)": is not known here; allowed: name`,
    ],
    [
      "neither homeTenant nor applicationClientId",
      { resourceTenants: [contoso] },
      "homeTenant is missing: set it, or applicationClientId for a customer's side alone",
    ],
    [
      "both homeTenant and applicationClientId",
      { ...both(contoso), applicationClientId },
      `applicationClientId is "(hidden)": is for a stack without a home side; leave out either it or homeTenant`,
    ],
    [
      "external tenants without a site",
      { applicationClientId, resourceTenants: [contoso, fabrikam] },
      `resourceTenants[1].name is "(hidden)": external tenants are settings of a site; they need homeTenant`,
    ],
    [
      "managed and external mixed",
      both({ ...contoso, targets: [archive] }),
      `resourceTenants[0].subscriptionId is "(hidden)": is for managed tenants; leave out subscriptionId, location, or the targets' blobEndpoint and container`,
    ],
    [
      "managed and external mixed, along with whatever else is wrong",
      both({
        ...contoso,
        location: "West",
        targets: [{ ...archive, name: "A" }, { name: "more" }],
      }),
      `resourceTenants[0].subscriptionId is "(hidden)": is for managed tenants; leave out subscriptionId, location, or the targets' blobEndpoint and container`,
      `resourceTenants[0].location is "West": must be an Azure region's short name such as westeurope`,
      `resourceTenants[0].targets[0].name is "A": ${nameAdvice}`,
    ],
    [
      "an endpoint that is not https",
      external({ blobEndpoint: "http://fab.blob.core.windows.net" }),
      `${endpointKey} is "http://fab.blob.core.windows.net": ${httpsAdvice}`,
    ],
    [
      "an endpoint with user info, without showing it",
      external({ blobEndpoint: "https://a:b@fab.blob.core.windows.net" }),
      `${endpointKey} is "https://(hidden)@fab.blob.core.windows.net": ${httpsAdvice}`,
    ],
    [
      "an endpoint with a query, without showing it",
      external({ blobEndpoint: "https://fab.blob.core.windows.net?sv=1&sig=canary" }),
      `${endpointKey} is "https://fab.blob.core.windows.net?(hidden)": ${httpsAdvice}`,
    ],
    [
      "an endpoint with more than the account in its path",
      external({ blobEndpoint: "https://fab.blob.core.windows.net/a/b" }),
      `${endpointKey} is "https://fab.blob.core.windows.net/a/b": ${httpsAdvice}`,
    ],
    [
      "an endpoint whose path the site would not take as an account",
      external({ blobEndpoint: "https://fab.blob.core.windows.net/my-account" }),
      `${endpointKey} is "https://fab.blob.core.windows.net/my-account": ${httpsAdvice}`,
    ],
    [
      "an endpoint with an empty path segment",
      external({ blobEndpoint: "https://fab.blob.core.windows.net//" }),
      `${endpointKey} is "https://fab.blob.core.windows.net//": ${httpsAdvice}`,
    ],
    ["an empty endpoint", external({ blobEndpoint: "" }), `${endpointKey} is "": ${httpsAdvice}`],
    [
      "a missing endpoint",
      external({ blobEndpoint: undefined }),
      `${endpointKey} is missing: ${httpsAdvice}`,
    ],
    [
      "an endpoint under a misspelt key, without showing it",
      external({ blobEndpiont: "https://fab.blob.core.windows.net?sv=1&sig=canary" }),
      `resourceTenants[0].targets[0].blobEndpiont is "(hidden)": is not known here; allowed: name, blobEndpoint, container`,
    ],
    [
      "a slash as endpoint",
      external({ blobEndpoint: "/" }),
      `${endpointKey} is "/": ${httpsAdvice}`,
    ],
    [
      "an endpoint off the cloud's storage suffix",
      external({ blobEndpoint: "https://fab.blob.core.windows.net.evil.example" }),
      `${endpointKey} is "https://fab.blob.core.windows.net.evil.example": must be on the cloud's storage suffix, such as https://<account>.blob.core.windows.net`,
    ],
    [
      "an invalid container",
      external({ container: "A" }),
      `resourceTenants[0].targets[0].container is "A": must be a container's name: 3 to 63 of a-z, 0-9 and -`,
    ],
    [
      "an unknown cloud",
      { homeTenant, environment: "germany" },
      `environment is "germany": must be one of public, usgovernment, china`,
    ],
    [
      "an unknown cloud, without judging endpoints by another",
      {
        ...external({ blobEndpoint: "https://fab.blob.core.cloudapi.de" }),
        environment: "germany",
      },
      `environment is "germany": must be one of public, usgovernment, china`,
    ],
    [
      "an address that is no range",
      { homeTenant, allowedClientAddresses: ["203.0.113.7"] },
      `allowedClientAddresses[0] is "203.0.113.7": must be an address range such as 203.0.113.7/32`,
    ],
    [
      "a metadata host with a scheme",
      { homeTenant, metadataHost: "https://cloud.example" },
      `metadataHost is "https://cloud.example": must be host or host:port, without https://`,
    ],
  ])("refuses %s", (_what, config, ...problems) => {
    expect(problemsOf(config)).toEqual(problems);
  });

  it("refuses a missing deployerClientId when signing in by OIDC, once a tenant", () => {
    const advice =
      "is needed to sign in by OIDC; set it to the client id of the tenant's deployer application";
    expect(problemsOf(both(contoso), { oidc: true })).toEqual([
      `homeTenant.deployerClientId is missing: ${advice}`,
      `resourceTenants[0].deployerClientId is missing: ${advice}`,
    ]);
  });

  it("judges a custom cloud's endpoints by its own storage suffix, once that is known", () => {
    const config = {
      ...external({ blobEndpoint: "https://fab.blob.cloud.example" }),
      metadataHost: "cloud.example",
    };
    expect(problemsOf(config)).toEqual([]);
    expect(problemsOf(config, { suffix: "cloud.example" })).toEqual([]);
    expect(problemsOf(config, { suffix: "other.example" })).toEqual([
      `${endpointKey} is "https://fab.blob.cloud.example": must be on the cloud's storage suffix, such as https://<account>.blob.other.example`,
    ]);
    const query = { ...config, ...external({ blobEndpoint: "https://fab.blob.cloud.example?a" }) };
    expect(problemsOf(query)).toEqual([
      `${endpointKey} is "https://fab.blob.cloud.example?(hidden)": must be https, with no user info or query and at most the account in its path, such as https://<account>.blob.<storage suffix>`,
    ]);
  });

  it("refuses two different metadata hosts", () => {
    const config = { homeTenant, metadataHost: "a.example" };
    expect(problemsOf(config, { metadataHost: "b.example" })).toEqual([
      `metadataHost is "a.example": differs from ARM_METADATA_HOSTNAME, which is "b.example"; set one of them`,
    ]);
    expect(problemsOf(config, { metadataHost: "a.example" })).toEqual([]);
  });

  it("reports every problem at once", () => {
    const config = {
      homeTenant: { tenantId: "x" },
      resourceTenants: [{ name: "A" }],
      environment: "mars",
    };
    expect(problemsOf(config).map((line) => line.split(" ")[0])).toEqual([
      "homeTenant.tenantId",
      "homeTenant.subscriptionId",
      "homeTenant.location",
      "resourceTenants[0].name",
      "resourceTenants[0].tenantId",
      "resourceTenants[0].subscriptionId",
      "resourceTenants[0].location",
      "resourceTenants[0].targets",
      "environment",
    ]);
  });

  it("refuses what is wrong together even where something is wrong by itself, and that only once", () => {
    const config = {
      homeTenant: { ...homeTenant, location: "West Europe" },
      applicationClientId,
      resourceTenants: [
        { ...contoso, name: "A", tenantId: homeTenant.tenantId },
        { ...contoso, name: "A", tenantId: "x" },
        {
          ...contoso,
          name: "",
          tenantId: "x",
          location: "",
          targets: [{ name: "" }, { name: "" }],
        },
      ],
    };
    expect(problemsOf(config)).toEqual([
      'homeTenant.location is "West Europe": must be an Azure region\'s short name such as westeurope',
      `applicationClientId is "(hidden)": is for a stack without a home side; leave out either it or homeTenant`,
      `resourceTenants[0].name is "A": ${nameAdvice}`,
      `resourceTenants[0].tenantId is "${homeTenant.tenantId.toLowerCase()}": is the home tenant; a resource tenant must be another tenant`,
      'resourceTenants[0].targets[0].name is "invoices": is used twice; target names are unique in the stack',
      `resourceTenants[1].name is "A": ${nameAdvice}`,
      `resourceTenants[1].tenantId is "x": ${guidAdvice}`,
      'resourceTenants[1].targets[0].name is "invoices": is used twice; target names are unique in the stack',
      `resourceTenants[2].name is "": ${nameAdvice}`,
      `resourceTenants[2].tenantId is "x": ${guidAdvice}`,
      'resourceTenants[2].location is "": must be an Azure region\'s short name such as westeurope',
      `resourceTenants[2].targets[0].name is "": ${nameAdvice}`,
      `resourceTenants[2].targets[1].name is "": ${nameAdvice}`,
    ]);
  });
});
