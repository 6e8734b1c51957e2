import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import type { LocalAzure } from "../../src/local-azure/local-azure.ts";
import { httpsRequest } from "../app-service/https-client.ts";
import { sharedLocalAzure } from "../tenants/shared-local-azure.ts";
import { JWT_BEARER } from "../tenants/two-tenants.ts";

// What the servers make of headers before a service sees them: RFC 9110 section 5.3, and Node's limit on their length.

let azure: LocalAzure;
let ca: string;
sharedLocalAzure.beforeAll(async ({ azure: shared }) => {
  azure = shared;
  ca = await readFile(azure.caFile, "utf8");
});

const services = {
  graph: ["/v1.0/applications", "https://graph.microsoft.com"],
  resourceManager: ["/subscriptions?api-version=2022-12-01", "https://management.azure.com"],
  oidc: ["/idtoken", undefined],
  control: ["/faults", undefined],
} as const;

it.each(Object.entries(services))(
  "refuses two Authorization headers at %s, each of them good",
  async (name, [path, resource]) => {
    const url = `${azure.endpoints[name as keyof typeof services]}${path}`;
    const good = `Bearer ${await tokenFor(name, resource)}`;
    expect(await status(url, [good])).toBe(200);
    expect(await status(url, [good, good])).toBe(401);
  },
);

it.each([
  "metadata",
  "login",
  "resourceManager",
  "graph",
  "storage",
  "keyVault",
  "oidc",
  "control",
] as const)("refuses a megabyte of token at %s, and goes on serving", async (name) => {
  const url = `${azure.endpoints[name]}/path`;
  const without = await status(url, []);
  // The server ends the connection, and the client may notice that before it reads why.
  const refused = await status(url, [`Bearer ${"a".repeat(1024 * 1024)}`]).catch(codeOf);
  expect([431, "ECONNRESET", "EPIPE"]).toContain(refused);
  expect(await status(url, [])).toBe(without);
});

async function status(url: string, authorization: string[]): Promise<number> {
  const headers = authorization.length === 0 ? {} : { authorization };
  return (await httpsRequest(url, ca, { headers })).status;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : error;
}

/** The service's own token, or the resource tenant's deployer's. */
async function tokenFor(name: string, resource: string | undefined): Promise<string> {
  const { control, oidc, tenants } = azure.connection;
  if (name === "control") return control.token;
  if (resource === undefined) return oidc.requestToken;
  const idToken = `${oidc.requestUrl}&audience=api://AzureADTokenExchange`;
  const headers = { authorization: `Bearer ${oidc.requestToken}` };
  const { value } = JSON.parse((await httpsRequest(idToken, ca, { headers })).body) as {
    value: string;
  };
  const { tenantId = "", deployerClientId = "" } = tenants[1] ?? {};
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: deployerClientId,
    resource,
    client_assertion_type: JWT_BEARER,
    client_assertion: value,
  });
  const url = `${azure.endpoints.login}/${tenantId}/oauth2/token`;
  const answer = await httpsRequest(url, ca, { method: "POST", body: form.toString() });
  return (JSON.parse(answer.body) as { access_token: string }).access_token;
}
