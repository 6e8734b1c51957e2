import { readFile } from "node:fs/promises";
import { setDefaultCACertificates } from "node:tls";
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import type { LocalAzure } from "../../src/local-azure/local-azure.ts";
import { HOME, RESOURCE, defaultSeed } from "../../src/local-azure/seed/default-seed.ts";
import type { PlantedHost } from "../../src/local-azure/seed/plant-host.ts";
import { sharedLocalAzure } from "../tenants/shared-local-azure.ts";
import { JWT_BEARER } from "../tenants/two-tenants.ts";

// Documents: "Access tokens, validate tokens"; "Signing key rollover". An independent JWT library over real TLS, which knows
// of the local Azure no more than the login endpoint.

let azure: LocalAzure;
let host: PlantedHost;
sharedLocalAzure.beforeAll(async ({ azure: shared }) => {
  azure = shared;
  setDefaultCACertificates([await readFile(azure.caFile, "utf8")]);
  host = await azure.plantHost();
});

describe("every token, by its issuer's discovery document", () => {
  it.each([
    ["https://storage.azure.com/", "https://storage.azure.com/"],
    ["https://management.azure.com", "https://management.azure.com"],
    ["https://graph.microsoft.com", "https://graph.microsoft.com"],
    ["api://AzureADTokenExchange", "fb60f99c-7a34-4190-8149-302f77469936"],
  ])("validates a managed identity's token for %s", async (resource, audience) => {
    const token = await managedIdentityToken(resource);
    const { payload } = await jwtVerify(token, await keysOf(HOME, token), { audience });
    expect([payload.sub, payload["tid"]]).toEqual([host.identity.principalId, HOME]);
    await expect(jwtVerify(token, await keysOf(RESOURCE, token))).rejects.toMatchObject({
      code: "ERR_JWKS_NO_MATCHING_KEY",
    });
  });

  it("validates an application's token, signed in with GitHub's", async () => {
    const token = await deployerToken();
    const audience = "https://management.azure.com";
    const { payload } = await jwtVerify(token, await keysOf(RESOURCE, token), { audience });
    expect(payload["tid"]).toBe(RESOURCE);
  });
});

describe("key roll-over without a restart", () => {
  it("leads a client that caches keys to the new one, and keeps old tokens valid", async () => {
    const before = await managedIdentityToken("https://storage.azure.com");
    const keys = await keysOf(HOME, before);
    await jwtVerify(before, keys);
    await azure.rollSigningKeys();
    const after = await managedIdentityToken("https://storage.azure.com");
    expect(decodeProtectedHeader(after).kid).not.toBe(decodeProtectedHeader(before).kid);
    await expect(jwtVerify(after, keys)).resolves.toBeDefined();
    await expect(jwtVerify(before, keys)).resolves.toBeDefined();
  });

  it("lets every service know tokens of before and of after", async () => {
    const tokens = [await deployerToken()];
    await azure.rollSigningKeys();
    tokens.push(await deployerToken());
    for (const token of tokens) {
      const { subscriptionId } = defaultSeed.tenants[1] ?? {};
      const url = `${azure.endpoints.resourceManager}/subscriptions/${subscriptionId}/resourceGroups?api-version=2021-04-01`;
      const headers = { authorization: `Bearer ${token}` };
      expect((await fetch(url, { headers })).status).toBe(200);
    }
  });
});

/** The keys by the discovery document of the token's version, whose issuer is the token's if the tenant is. */
async function keysOf(tenantId: string, token: string) {
  const { ver, iss, tid } = decodeJwt<{ ver: string; tid: string }>(token);
  const version = ver === "2.0" ? "v2.0/" : "";
  const url = `${azure.endpoints.login}/${tenantId}/${version}.well-known/openid-configuration`;
  const document = (await (await fetch(url)).json()) as { issuer: string; jwks_uri: string };
  expect(document.issuer === iss).toBe(tenantId === tid);
  return createRemoteJWKSet(new URL(document.jwks_uri), {
    cooldownDuration: 0,
    timeoutDuration: 120_000,
  });
}

async function managedIdentityToken(resource: string): Promise<string> {
  const { AZURE_POD_IDENTITY_AUTHORITY_HOST: origin } = host.virtualMachine.environment;
  const query = new URLSearchParams({ "api-version": "2018-02-01", resource });
  const url = `${origin}/metadata/identity/oauth2/token?${query.toString()}`;
  const answer = await fetch(url, { headers: { metadata: "true" } });
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** The resource tenant's deployer, which names its tenant by domain. */
async function deployerToken(): Promise<string> {
  const { oidc, tenants } = azure.connection;
  const audience = encodeURIComponent("api://AzureADTokenExchange");
  const headers = { authorization: `Bearer ${oidc.requestToken}` };
  const workflow = await fetch(`${oidc.requestUrl}&audience=${audience}`, { headers });
  const { value } = (await workflow.json()) as { value: string };
  const { domain = "", deployerClientId = "" } = tenants[1] ?? {};
  const answer = await fetch(`${azure.endpoints.login}/${domain}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: deployerClientId,
      scope: "https://management.azure.com/.default",
      client_assertion_type: JWT_BEARER,
      client_assertion: value,
    }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}
