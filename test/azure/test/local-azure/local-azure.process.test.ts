import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import type { LocalAzure } from "../../src/local-azure/local-azure.ts";
import { HOME, RESOURCE, defaultSeed } from "../../src/local-azure/seed/default-seed.ts";
import { sharedLocalAzure } from "../tenants/shared-local-azure.ts";
import type { SignIn, SignInResult } from "./sign-in-client.ts";

// What this ring cannot prove: that Azure itself answers so. It proves that Microsoft's own client accepts these answers.
const CLIENT = fileURLToPath(new URL("sign-in-client.ts", import.meta.url));
const UNKNOWN = "33333333-3333-4333-8333-333333333333";
const [home, resource] = defaultSeed.tenants.map(({ deployer }) => deployer.clientId);

let azure: LocalAzure;
sharedLocalAzure.beforeAll(({ azure: shared }) => {
  azure = shared;
});

describe("the local Azure under an unmodified @azure/identity, over real TLS", () => {
  let results: SignInResult[];
  beforeAll(async () => {
    const { graph, resourceManager } = azure.endpoints;
    const groups = defaultSeed.tenants.map(
      ({ subscriptionId }) =>
        `${resourceManager}/subscriptions/${subscriptionId}/resourceGroups/none?api-version=2021-04-01`,
    );
    const management = `${resourceManager}/.default`;
    const directory = { scope: `${graph}/.default`, url: `${graph}/v1.0/applications` };
    results = await signIn([
      { tenantId: HOME, clientId: home ?? "", scope: management, url: groups[0] ?? "" },
      { tenantId: RESOURCE, clientId: resource ?? "", scope: management, url: groups[1] ?? "" },
      { tenantId: HOME, clientId: home ?? "", ...directory },
      { tenantId: RESOURCE, clientId: home ?? "", ...directory },
      { tenantId: UNKNOWN, clientId: home ?? "", ...directory },
      { tenantId: HOME, clientId: home ?? "", scope: management, url: groups[1] ?? "" },
    ]);
  });

  it("signs each deployer in to its tenant and lets Resource Manager know it", () => {
    const unknownGroup = { status: 404, body: { error: { code: "ResourceGroupNotFound" } } };
    expect(results[0]).toMatchObject(unknownGroup);
    expect(results[1]).toMatchObject(unknownGroup);
  });

  it("issues Graph tokens that carry the granted permissions", () => {
    expect(results[2]).toMatchObject({ status: 200, body: { value: [{ appId: home }] } });
  });

  it("refuses one tenant's deployer in the other tenant, with Entra's words in the SDK's error", () => {
    expect(results[3]?.error).toContain(
      `AADSTS700016: Application with identifier '${home}' was not found in the directory '${RESOURCE}'.`,
    );
  });

  it("refuses an unknown tenant, which MSAL reports as a failed discovery", () => {
    expect(results[4]?.error).toContain("endpoints_resolution_error");
  });

  it("refuses one tenant's token for the other tenant's subscription", () => {
    const wrongTenant = { error: { code: "InvalidAuthenticationTokenTenant" } };
    expect(results[5]).toMatchObject({ status: 401, body: wrongTenant });
  });
});

describe("startLocalAzure", () => {
  it("states how to reach it, without any key", () => {
    const { endpoints, connection, caFile } = azure;
    expect(connection).toEqual({
      metadataHost: endpoints.metadata.replace("https://", ""),
      loginEndpoint: endpoints.login,
      resourceManager: endpoints.resourceManager,
      graph: endpoints.graph,
      caFile,
      oidc: {
        requestUrl: `${endpoints.oidc}/idtoken?api-version=2.0`,
        requestToken: connection.oidc.requestToken,
      },
      control: { url: endpoints.control, token: connection.control.token },
      proxy: connection.proxy,
      tenants: defaultSeed.tenants.map(({ tenantId, subscriptionId, location, deployer }) => ({
        tenantId,
        domain: `${tenantId.replaceAll("-", "")}.onmicrosoft.com`,
        subscriptionId,
        location,
        deployerClientId: deployer.clientId,
      })),
    });
  });

  it("goes back to the seed on reset", async () => {
    const { applications, servicePrincipals, roleAssignments, tenants } = azure.state;
    const sizes = () =>
      [applications, servicePrincipals, roleAssignments, tenants].map((store) => store.size);
    const before = sizes();
    applications.clear();
    roleAssignments.clear();
    azure.traffic.faults.set([{ service: "graph", kind: "status", status: 500 }]);
    await azure.reset();
    expect(sizes()).toEqual(before);
    expect(azure.traffic.faults.inForce).toEqual([]);
  });
});

async function signIn(signIns: SignIn[]): Promise<SignInResult[]> {
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: azure.caFile };
  const argv = [CLIENT, JSON.stringify(azure.connection), JSON.stringify(signIns)];
  const { stdout } = await promisify(execFile)(process.execPath, argv, { env });
  return JSON.parse(stdout) as SignInResult[];
}
