import { describe, expect, it } from "vitest";
import { Problems } from "../../../infra/config/problems.ts";
import { checkBlobEndpoints, stackConfig } from "../../../infra/config/stack-config.ts";
import { DEFAULTS } from "../support/configure.ts";

const homeTenant = {
  tenantId: "6B6B1C1E-5f0a-4c5b-9d0e-2b7a4a1f3c01",
  subscriptionId: "0d8f2a54-3c1b-4d7e-8a90-51c6f0b2e701",
  location: "westeurope",
};
const contoso = {
  name: "contoso",
  tenantId: "c4f1e8d2-7a36-49b0-8e5d-1f92b7c06a02",
  subscriptionId: "51a9c7e3-d20f-46b8-9c14-e8370fd5b602",
  location: "northeurope",
  targets: [{ name: "invoices" }],
};
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

function problemsOf(config: object, options: { metadataHost?: string; oidc?: boolean } = {}) {
  const problems = new Problems();
  const raw = { ...DEFAULTS, protect: true, ...config };
  const checked = stackConfig(raw, options.metadataHost, options.oidc ?? false, problems);
  checkBlobEndpoints(checked, "core.windows.net", problems);
  return problems.lines;
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
    const raw = { ...DEFAULTS, protect: true, homeTenant };
    expect(stackConfig(raw, undefined, false, new Problems()).home?.tenantId).toBe(
      "6b6b1c1e-5f0a-4c5b-9d0e-2b7a4a1f3c01",
    );
  });

  const guidAdvice = "must be a GUID such as 00000000-0000-0000-0000-000000000000";
  const nameAdvice = "must be 3 to 16 lower-case letters and digits, a letter first";
  const httpsAdvice =
    "must be https, with no user info or query and at most the account in its path, such as https://<account>.blob.core.windows.net";
  const endpointKey = "resourceTenants fabrikam, target archive, blobEndpoint";

  it.each<[string, object, string]>([
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
      `resourceTenants tenantId is "${contoso.tenantId}": is used twice; give one tenant several targets instead`,
    ],
    [
      "the home tenant as resource tenant",
      both({ ...contoso, tenantId: homeTenant.tenantId }),
      `resourceTenants tenantId is "${homeTenant.tenantId.toLowerCase()}": is the home tenant; a resource tenant must be another tenant`,
    ],
    [
      "a target name twice",
      both({ ...contoso, targets: [{ name: "invoices" }, { name: "invoices" }] }),
      `resourceTenants target is "invoices": is used twice; target names are unique in the stack`,
    ],
    [
      "a tenant name twice",
      { homeTenant, resourceTenants: [contoso, { ...fabrikam, name: "contoso" }] },
      `resourceTenants name is "contoso": is used twice; names must be unique`,
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
      "no target",
      both({ ...contoso, targets: [] }),
      "resourceTenants[0].targets is []: must name a target",
    ],
    [
      "an unknown key in the home tenant",
      { homeTenant: { ...homeTenant, region: "x" } },
      `homeTenant.region is "x": is not known here; allowed: tenantId, subscriptionId, location, deployerClientId, applicationOwners`,
    ],
    [
      "an unknown key in an external tenant",
      both({ ...fabrikam, kind: "blob" }),
      `resourceTenants[0].kind is "blob": is not known here; allowed: name, tenantId, targets`,
    ],
    [
      "an unknown key in a managed tenant",
      both({ ...contoso, blobEndpoint: "x" }),
      `resourceTenants[0].blobEndpoint is "x": is not known here; allowed: name, tenantId, subscriptionId, location, deployerClientId, servicePrincipalObjectId, targets`,
    ],
    [
      "an unknown key in a target",
      both({ ...contoso, targets: [{ name: "invoices", kind: "blob" }] }),
      `resourceTenants[0].targets[0].kind is "blob": is not known here; allowed: name`,
    ],
    [
      "neither homeTenant nor applicationClientId",
      { resourceTenants: [contoso] },
      "homeTenant is missing: set it, or applicationClientId for a customer's side alone",
    ],
    [
      "both homeTenant and applicationClientId",
      { ...both(contoso), applicationClientId },
      `applicationClientId is "${applicationClientId}": is for a stack without a home side; leave out either it or homeTenant`,
    ],
    [
      "external tenants without a site",
      { applicationClientId, resourceTenants: [contoso, fabrikam] },
      `resourceTenants is ["fabrikam"]: external tenants are settings of a site; they need homeTenant`,
    ],
    [
      "managed and external mixed",
      both({ ...contoso, targets: [archive] }),
      `resourceTenants[0].subscriptionId is "${contoso.subscriptionId}": is for managed tenants; leave out subscriptionId, location, or the targets' blobEndpoint and container`,
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
      `${endpointKey} is "https://fab.blob.core.windows.net/": ${httpsAdvice}`,
    ],
    [
      "an empty endpoint",
      external({ blobEndpoint: "" }),
      `resourceTenants[0].targets[0].blobEndpoint is "": must be the address of the account's blob service`,
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
      "an address that is no range",
      { homeTenant, allowedClientAddresses: ["203.0.113.7"] },
      `allowedClientAddresses[0] is "203.0.113.7": must be an address range such as 203.0.113.7/32`,
    ],
    [
      "a metadata host with a scheme",
      { homeTenant, metadataHost: "https://cloud.example" },
      `metadataHost is "https://cloud.example": must be host or host:port, without https://`,
    ],
  ])("refuses %s", (_what, config, problem) => {
    expect(problemsOf(config)).toEqual([problem]);
  });

  it("refuses a missing deployerClientId when signing in by OIDC, once a tenant", () => {
    const advice =
      "is needed to sign in by OIDC; set it to the client id of the tenant's deployer application";
    expect(problemsOf(both(contoso), { oidc: true })).toEqual([
      `resourceTenants[0].deployerClientId is missing: ${advice}`,
      `homeTenant.deployerClientId is missing: ${advice}`,
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
      "resourceTenants[0].targets",
      "resourceTenants[0].name",
      "resourceTenants[0].tenantId",
      "resourceTenants[0].subscriptionId",
      "resourceTenants[0].location",
      "homeTenant.tenantId",
      "homeTenant.subscriptionId",
      "homeTenant.location",
      "environment",
    ]);
  });
});
