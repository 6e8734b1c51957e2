import { strToU8, zipSync } from "fflate";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createManagement, type Management } from "../resource-manager/management-client.ts";
import { createBareTenants, type BareTenants } from "../resource-manager/bare-tenants.ts";
import type { ServicePrincipal } from "../state.ts";
import { createAppService, type AppService } from "./app-service.ts";
import { httpsRequest, type HttpsAnswer } from "./https-client.ts";

// Documents: "Deploy files to App Service" (zip), "Run your app from a package", "Disable basic authentication",
// "Access restrictions", "Managed identities in App Service". Real HTTPS, a real process; no Azure.

/** A site that tells what it was given and asks the identity endpoint as it is told to. */
const source = `
const http = require("node:http");
http.createServer(async (request, response) => {
  const url = new URL(request.url, "http://site");
  if (url.pathname === "/token") {
    const { IDENTITY_ENDPOINT, IDENTITY_HEADER } = process.env;
    const header = url.searchParams.get("header") ?? IDENTITY_HEADER;
    const answer = await fetch(IDENTITY_ENDPOINT + "?" + url.searchParams.get("query"), { headers: { "x-identity-header": header } });
    response.writeHead(answer.status).end(await answer.text());
  } else if (url.pathname === "/echo") request.pipe(response);
  else response.end(JSON.stringify({ pid: process.pid, env: process.env, headers: request.headers }));
}).listen(process.env.PORT);`;

let tenants: BareTenants;
let appService: AppService;
let owner: Management;
let ownerPrincipal: ServicePrincipal;
let site: string;
let identity: string;

beforeAll(async () => {
  tenants = await createBareTenants();
  appService = createAppService(tenants.azure, { scmRestartMilliseconds: 0 });
  ownerPrincipal = tenants.principal(tenants.home);
  const subscription = `/subscriptions/${tenants.home.subscriptionId}`;
  tenants.grant(ownerPrincipal, "Owner", subscription);
  owner = createManagement(tenants, appService)(ownerPrincipal);
  const group = `${subscription}/resourceGroups/rg`;
  site = `${group}/providers/Microsoft.Web/sites/site`;
  identity = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id`;
  await owner("PUT", group, { location: "westeurope" });
  await owner("PUT", identity, { location: "westeurope" });
  await owner("PUT", `${group}/providers/Microsoft.Web/serverfarms/plan`, { location: "x" });
});

afterAll(() => appService.close());

beforeEach(async () => {
  await owner("DELETE", site);
  await putSite();
});

const baseSettings = { WEBSITE_RUN_FROM_PACKAGE: "1", GREETING: "hello" };

async function putSite(
  siteConfig: Record<string, unknown> = {},
  settings: Record<string, string> = baseSettings,
  siteIdentity: unknown = { type: "UserAssigned", userAssignedIdentities: { [identity]: {} } },
): Promise<void> {
  const appSettings = Object.entries(settings).map(([name, value]) => ({ name, value }));
  const serverFarmId = site.replace("/sites/site", "/serverfarms/plan");
  const { status, error } = await owner("PUT", site, {
    location: "westeurope",
    identity: siteIdentity,
    properties: {
      serverFarmId,
      siteConfig: { appCommandLine: "node main.cjs", ...siteConfig, appSettings },
    },
  });
  expect([status, error]).toEqual([200, {}]);
}

interface Options {
  method?: string;
  body?: Uint8Array | string;
  authorization?: string;
}

function front(path: string, options: Options = {}): Promise<HttpsAnswer> {
  const { ca } = tenants.azure.certificate;
  return httpsRequest(`https://${appService.siteHosts(site).main}${path}`, ca, options);
}

async function scm(path: string, options: Options = {}): Promise<HttpsAnswer> {
  const { ca } = tenants.azure.certificate;
  const authorization =
    options.authorization ?? (await tenants.bearer(ownerPrincipal, "resource-manager"));
  const headers: Record<string, string> = authorization === "" ? {} : { authorization };
  return httpsRequest(`https://${appService.siteHosts(site).scm}${path}`, ca, {
    ...options,
    headers,
  });
}

const publishPath = "/api/publish?type=zip&async=true";

async function publish(files: Record<string, string> = { "main.cjs": source }) {
  const zip = zipSync(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])),
  );
  const accepted = await scm(publishPath, { method: "POST", body: zip });
  expect(accepted.status).toBe(202);
  const id = String(accepted.headers["scm-deployment-id"]);
  return vi.waitFor(async () => {
    const deployment = JSON.parse((await scm(`/api/deployments/${id}`)).body) as {
      complete: boolean;
      status: number;
      status_text: string;
    };
    expect(deployment.complete).toBe(true);
    return deployment;
  });
}

interface Told {
  pid: number;
  env: Record<string, string>;
  headers: Record<string, string>;
}

/** What the running site says, once it does. */
function told(): Promise<Told> {
  return vi.waitFor(
    async () => {
      const answer = await front("/");
      expect(answer.status).toBe(200);
      return JSON.parse(answer.body) as Told;
    },
    { timeout: 10_000 },
  );
}

describe("a published site", () => {
  it("runs the bytes it received with its settings and nothing of this process's environment", async () => {
    expect(await publish()).toMatchObject({ status: 4, status_text: "" });
    const { env, headers } = await told();
    const loopback = { HOST: "127.0.0.1" };
    expect(env).toMatchObject({ ...baseSettings, ...loopback, WEBSITE_SITE_NAME: "site" });
    const platform = [
      "HOME",
      "HOST",
      "IDENTITY_ENDPOINT",
      "IDENTITY_HEADER",
      "LANG",
      "NODE_EXTRA_CA_CERTS",
    ];
    const node = ["NODE_OPTIONS", "PATH", "PORT"];
    const website = Object.keys(env).filter((name) => name.startsWith("WEBSITE_"));
    expect(Object.keys(env).sort()).toEqual(["GREETING", ...platform, ...node, ...website].sort());
    expect(headers).toMatchObject({ "x-forwarded-for": "127.0.0.1", "x-forwarded-proto": "https" });
  });

  it("restarts with new settings at the same address", async () => {
    await publish();
    const before = await told();
    const hosts = appService.siteHosts(site);
    await putSite({}, { ...baseSettings, GREETING: "bye" });
    const after = await vi.waitFor(async () => {
      const current = await told();
      expect(current.env["GREETING"]).toBe("bye");
      return current;
    });
    expect(after.pid).not.toBe(before.pid);
    expect(() => process.kill(before.pid, 0)).toThrow("ESRCH");
    expect(appService.siteHosts(site)).toEqual(hosts);
  });

  it("keeps its process over a change that the process cannot see", async () => {
    await publish();
    const { pid } = await told();
    await putSite({ alwaysOn: true });
    expect((await told()).pid).toBe(pid);
  });

  it("streams a large body both ways", async () => {
    await publish();
    await told();
    const body = "x".repeat(8 * 1024 * 1024);
    const answer = await front("/echo", { method: "POST", body });
    expect([answer.status, answer.body.length]).toEqual([200, body.length]);
  });

  it("is started again when its process ends by itself", async () => {
    await publish();
    const { pid } = await told();
    process.kill(pid, "SIGKILL");
    await vi.waitFor(async () => expect((await told()).pid).not.toBe(pid), { timeout: 10_000 });
  });

  it("leaves no process when it is deleted", async () => {
    await publish();
    const { pid } = await told();
    await owner("DELETE", site);
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });

  it("gives its package back byte for byte", async () => {
    await publish({ "main.cjs": source, "package-hash.txt": "abc" });
    const name = (await scm("/api/vfs/data/SitePackages/packagename.txt")).body;
    expect(name).toMatch(/\.zip$/);
    const zip = await scm(`/api/vfs/data/SitePackages/${name}`);
    expect([zip.status, zip.body.slice(0, 2)]).toEqual([200, "PK"]);
    expect((await scm("/api/vfs/data/SitePackages/other.zip")).status).toBe(404);
  });

  it("names the deployment that was published last as latest", async () => {
    await publish();
    const list = JSON.parse((await scm("/api/deployments")).body) as { id: string }[];
    const latest = JSON.parse((await scm("/api/deployments/latest")).body) as { id: string };
    expect(latest.id).toBe(list[0]?.id);
  });

  it("keeps tokens out of the log", async () => {
    const token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2lnbmF0dXJl";
    await publish({ "main.cjs": `console.log("token ${token}");${source}` });
    await told();
    const lines = tenants.logged.filter((line) => line.includes("site-output"));
    expect(lines.join()).toContain("token [token]");
    expect(lines.join()).not.toContain(token);
  });
});

describe("Deploy files to App Service, refusals", () => {
  it("refuses a package that names a file outside of its folder", async () => {
    const deployment = await publish({ "../escaped.txt": "x", "main.cjs": source });
    expect(deployment).toMatchObject({
      status: 3,
      status_text: 'the package names a file outside of its folder: "../escaped.txt"',
    });
  });

  it("refuses basic authentication", async () => {
    const answer = await scm(publishPath, { method: "POST", authorization: "Basic eDp5" });
    expect([answer.status, answer.body]).toEqual([
      401,
      "basic authentication is disabled for this site",
    ]);
  });

  it("refuses a request without a token", async () => {
    const answer = await scm(publishPath, { method: "POST", authorization: "" });
    expect([answer.status, answer.body]).toEqual([401, "the request has no Authorization header"]);
  });

  it("refuses a token for storage", async () => {
    const authorization = await tenants.bearer(ownerPrincipal, "storage");
    const answer = await scm(publishPath, { method: "POST", authorization });
    expect([answer.status, answer.body]).toEqual([401, "the token is for another audience"]);
  });

  it("refuses a token of another tenant", async () => {
    const stranger = tenants.principal(tenants.other);
    tenants.grant(stranger, "Owner", site);
    const authorization = await tenants.bearer(stranger, "resource-manager");
    const answer = await scm(publishPath, { method: "POST", authorization });
    expect([answer.status, answer.body]).toEqual([
      401,
      "the token is of another tenant than the site's",
    ]);
  });

  it("refuses a caller who may not publish", async () => {
    const reader = tenants.principal(tenants.home);
    tenants.grant(reader, "Reader", site);
    const authorization = await tenants.bearer(reader, "resource-manager");
    const answer = await scm(publishPath, { method: "POST", authorization });
    expect(answer.status).toBe(403);
    expect(answer.body).toContain("to perform action 'Microsoft.Web/sites/publish/action'");
  });

  it("refuses an unknown deployment", async () => {
    const answer = await scm("/api/deployments/none");
    expect([answer.status, answer.body]).toEqual([
      404,
      JSON.stringify({ Message: "Deployment 'none' not found." }),
    ]);
  });

  it("refuses to publish to a site that does not run from its package", async () => {
    await putSite({}, {});
    const answer = await vi.waitFor(async () => {
      const current = await scm(publishPath, { method: "POST", body: "PK" });
      expect(current.status).toBe(501);
      return current;
    });
    expect(answer.body).toBe("POST /api/publish is emulated with WEBSITE_RUN_FROM_PACKAGE=1 only");
  });

  it("refuses everything for a moment after a settings change", async () => {
    const slow = createAppService(tenants.azure, { scmRestartMilliseconds: 60_000 });
    const resource = structuredClone(tenants.azure.state.resources.get(site.toLowerCase()));
    if (resource === undefined) throw new Error("no site");
    await slow.applySite(resource);
    const url = `https://${slow.siteHosts(site).scm}/api/deployments`;
    const headers = { authorization: await tenants.bearer(ownerPrincipal, "resource-manager") };
    const { ca } = tenants.azure.certificate;
    expect((await httpsRequest(url, ca, { headers })).status).toBe(200);
    resource.properties["siteConfig"] = { appSettings: [{ name: "NEW", value: "1" }] };
    await slow.applySite(resource);
    const answer = await httpsRequest(url, ca, { headers });
    expect([answer.status, answer.body]).toEqual([503, "The service is unavailable."]);
    await slow.close();
  });
});

describe("Access restrictions", () => {
  const deny = { ipSecurityRestrictionsDefaultAction: "Deny" };

  it("admits an address that a rule allows", async () => {
    await putSite({ ...deny, ipSecurityRestrictions: allow("127.0.0.1/32") });
    const answer = await front("/");
    expect([answer.status, answer.body]).toEqual([
      503,
      expect.stringContaining("Service Unavailable"),
    ]);
  });

  it("refuses any other address, and leaves the SCM site open", async () => {
    await putSite({ ...deny, ipSecurityRestrictions: allow("203.0.113.0/24") });
    const answer = await front("/");
    expect([answer.status, answer.body]).toEqual([403, expect.stringContaining("Ip Forbidden")]);
    expect(answer.headers["x-ms-forbidden-ip"]).toBe("127.0.0.1");
    expect((await scm("/api/deployments")).status).toBe(200);
  });
});

describe("Managed identities in App Service, REST endpoint reference", () => {
  const exchange = "api-version=2019-08-01&resource=api://AzureADTokenExchange";

  it("gives the process a token of an identity that is assigned to the site", async () => {
    await publish();
    await told();
    const { clientId = "", principalId = "" } = await identityProperties();
    for (const selector of [
      `client_id=${clientId}`,
      `principal_id=${principalId}`,
      `object_id=${principalId}`,
      `mi_res_id=${identity}`,
    ]) {
      const { status, body } = await token(`${exchange}&${selector}`);
      expect(status).toBe(200);
      const answer = JSON.parse(body) as Record<string, string>;
      expect(answer["expires_on"]).toMatch(/^\d+$/);
      expect(answer).toMatchObject({
        token_type: "Bearer",
        resource: "api://AzureADTokenExchange",
        client_id: clientId.toUpperCase(),
      });
      expect(decodeJwt(answer["access_token"] ?? "").sub).toBe(principalId);
    }
  });

  it("gives the system-assigned identity's token when none is named", async () => {
    await putSite({}, baseSettings, { type: "SystemAssigned" });
    await publish();
    await told();
    const { body } = await owner("GET", site);
    const answer = JSON.parse((await token(exchange)).body) as Record<string, string>;
    const { principalId } = body["identity"] as { principalId: string };
    expect(decodeJwt(answer["access_token"] ?? "").sub).toBe(principalId);
  });

  it("refuses what the document refuses", async () => {
    await publish();
    await told();
    const { clientId = "", principalId = "" } = await identityProperties();
    expect((await token(`${exchange}&client_id=${clientId}`, "wrong")).status).toBe(401);
    const refused = async (query: string) => {
      const { status, body } = await token(query);
      return [status, (JSON.parse(body) as { message: string }).message];
    };
    const notAssigned =
      "No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.";
    expect(await refused(`${exchange}&client_id=${principalId}`)).toEqual([400, notAssigned]);
    expect(await refused(exchange)).toEqual([400, "Unable to load the proper Managed Identity."]);
    expect(await refused(`${exchange}&client_id=${clientId}&mi_res_id=${identity}`)).toEqual([
      400,
      "The parameters 'client_id' and 'mi_res_id' are mutually exclusive.",
    ]);
    expect(
      await refused(`api-version=2019-08-01&resource=https://none.example&client_id=${clientId}`),
    ).toEqual([500, "An unexpected error occured while fetching the AAD Token."]);
  });
});

function allow(ipAddress: string): unknown[] {
  return [{ name: "a", priority: 100, action: "Allow", ipAddress }];
}

async function token(query: string, header?: string): Promise<HttpsAnswer> {
  const parameters = new URLSearchParams({ query, ...(header === undefined ? {} : { header }) });
  return front(`/token?${parameters.toString()}`);
}

async function identityProperties(): Promise<Record<string, string>> {
  return (await owner("GET", identity)).body["properties"] as Record<string, string>;
}
