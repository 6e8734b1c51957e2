import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { strToU8, zipSync } from "fflate";
import { expect } from "vitest";
import type { LocalAzure } from "../../../src/local-azure/local-azure.ts";
import { defaultSeed } from "../../../src/local-azure/seed/default-seed.ts";
import type { SeedTenant } from "../../../src/local-azure/seed/seed.ts";
import { type HttpsAnswer, httpsRequest } from "../../app-service/https-client.ts";
import { source } from "../../app-service/site-world.ts";
import { eventually } from "../../eventually.ts";
import { JWT_BEARER } from "../../tenants/two-tenants.ts";

const BLOB_CONTRIBUTOR = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
const SECRETS_OFFICER = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7";

/** The home tenant of a seed that has one. */
const home: SeedTenant = (() => {
  const [tenant] = defaultSeed.tenants;
  if (tenant === undefined) throw new Error("the seed names no tenant");
  return tenant;
})();

const subscription = `/subscriptions/${home.subscriptionId}`;
const group = `${subscription}/resourceGroups/rg`;
const providers = `${group}/providers`;

/** Ids of what {@link fill} makes. */
export const made = {
  subscription,
  site: `${providers}/Microsoft.Web/sites/site`,
  account: `${providers}/Microsoft.Storage/storageAccounts/acctone`,
  vault: `${providers}/Microsoft.KeyVault/vaults/kv-kept`,
  container: `${providers}/Microsoft.Storage/storageAccounts/acctone/blobServices/default/containers/invoices`,
  machine: `${providers}/Microsoft.Compute/virtualMachines/machine`,
} as const;

/** A client of one local Azure: sends a request with a bearer token. */
export type Send = (
  token: string,
  method: string,
  url: string,
  body?: object | Uint8Array,
  headers?: Record<string, string>,
) => Promise<HttpsAnswer>;

/** Trusts what the file has now, as a client started now would. */
export async function clientOf({ caFile }: { readonly caFile: string }): Promise<Send> {
  const ca = await readFile(caFile, "utf8");
  return (token, method, url, body, headers = {}) => {
    const json = body !== undefined && !(body instanceof Uint8Array);
    const type = json ? { "content-type": "application/json" } : {};
    return httpsRequest(url, ca, {
      method,
      headers: { authorization: `Bearer ${token}`, ...type, ...headers },
      ...(body === undefined ? {} : { body: json ? JSON.stringify(body) : body }),
    });
  };
}

/** Signs the home tenant's deployer in, for one resource. */
export async function signIn(azure: LocalAzure, send: Send, resource: string): Promise<string> {
  const { requestUrl, requestToken } = azure.connection.oidc;
  const id = await send(requestToken, "GET", `${requestUrl}&audience=api://AzureADTokenExchange`);
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: home.deployer.clientId,
    scope: `${resource}/.default`,
    client_assertion_type: JWT_BEARER,
    client_assertion: (JSON.parse(id.body) as { value: string }).value,
  });
  const url = `${azure.endpoints.login}/${home.tenantId}/oauth2/v2.0/token`;
  // Entra takes no bearer token with a client assertion.
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const ca = await readFile(azure.caFile, "utf8");
  const answer = await httpsRequest(url, ca, { method: "POST", headers, body: form.toString() });
  expect(answer.status, answer.body).toBe(200);
  return (JSON.parse(answer.body) as { access_token: string }).access_token;
}

const versions: Readonly<Record<string, string>> = {
  "Microsoft.Web": "2024-11-01",
  "Microsoft.Storage": "2024-01-01",
  "Microsoft.KeyVault": "2023-07-01",
  "Microsoft.Compute": "2024-07-01",
};

/** The address of a resource at Resource Manager, in an api-version of its provider. */
export function managed({ endpoints }: LocalAzure, id: string): string {
  const provider = /\/providers\/([^/]+)/.exec(id)?.[1] ?? "";
  return `${endpoints.resourceManager}${id}?api-version=${versions[provider] ?? "2021-04-01"}`;
}

/** Lets the deployer, who owns its subscription, use the blobs and secrets in it too. */
export function grantData({ state }: LocalAzure): void {
  for (const roleDefinitionGuid of [BLOB_CONTRIBUTOR, SECRETS_OFFICER]) {
    const id = `${subscription}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
    state.roleAssignments.set(id, {
      id,
      tenantId: home.tenantId,
      scope: subscription,
      principalId: home.deployer.objectId,
      principalType: "ServicePrincipal",
      roleDefinitionGuid,
    });
  }
}

/** Makes a resource of each kind that has more to it than its state: a running site, a blob, a secret, a machine. */
export async function fill(azure: LocalAzure, send: Send, token: string): Promise<void> {
  const { location } = home;
  const put = async (id: string, body: object) => {
    const answer = await send(token, "PUT", managed(azure, id), body);
    expect(answer.status, answer.body).toBeLessThan(300);
  };
  await put(group, { location });
  await put(`${providers}/Microsoft.Web/serverfarms/plan`, { location });
  const settings = { GREETING: "hello" };
  const appSettings = Object.entries(settings).map(([name, value]) => ({ name, value }));
  const siteConfig = { appCommandLine: "node main.cjs", appSettings };
  const serverFarmId = `${providers}/Microsoft.Web/serverfarms/plan`;
  await put(made.site, { location, properties: { serverFarmId, siteConfig } });
  const kind = { kind: "StorageV2", sku: { name: "Standard_LRS" } };
  await put(made.account, { location, ...kind, properties: { allowSharedKeyAccess: false } });
  await put(made.container, {});
  const { tenantId } = home;
  const sku = { family: "A", name: "standard" };
  await put(made.vault, {
    location,
    properties: { tenantId, sku, enableRbacAuthorization: true },
  });
  await put(made.machine, { location, properties: {}, identity: { type: "SystemAssigned" } });
  await publish(azure, send, token);
}

/** Host names of the site, `localhost:PORT`. */
export async function hostsOf(
  azure: LocalAzure,
  send: Send,
  token: string,
): Promise<readonly string[]> {
  const { body } = await send(token, "GET", managed(azure, made.site));
  const { properties } = JSON.parse(body) as { properties: { enabledHostNames: string[] } };
  return properties.enabledHostNames;
}

async function publish(azure: LocalAzure, send: Send, token: string): Promise<void> {
  const [, scm] = await hostsOf(azure, send, token);
  const zip = zipSync({ "main.cjs": strToU8(source) });
  const path = `https://${scm}/api/publish?type=zip&async=true`;
  expect((await send(token, "POST", path, zip)).status).toBe(202);
  await eventually(async () => {
    const { body } = await send(token, "GET", `https://${scm}/api/deployments/latest`);
    expect(JSON.parse(body)).toMatchObject({ complete: true, status: 4 });
  });
}

/** What the running site says of its environment, once it does. */
export function environmentOf(send: Send, host: string): Promise<Record<string, string>> {
  return eventually(async () => {
    const { status, body } = await send("", "GET", `https://${host}/`);
    expect(status).toBe(200);
    return (JSON.parse(body) as { env: Record<string, string> }).env;
  });
}
