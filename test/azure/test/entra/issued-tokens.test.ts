import { beforeAll, describe, expect, it } from "vitest";
import { issueManagedIdentityToken } from "../../src/entra/issue-token.ts";
import { HOME, RESOURCE } from "../../src/local-azure/seed/default-seed.ts";
import { createGithubOidc, GITHUB_SUBJECT } from "../../src/surroundings/github-oidc.ts";
import { initialDomain } from "../../src/world/directory/lookup.ts";
import { multitenantApplication, twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";
import { requestToken } from "./exchange-client.ts";
import { validateToken } from "./validate-token.ts";

// Documents: "Access token claims reference", OpenID Connect Discovery 1.0.

let world: TwoTenants;
beforeAll(async () => {
  world = await twoTenants();
  const { azure, principal, application } = world;
  const atHome = { ...principal, tenantId: HOME, objectId: application.objectId };
  azure.state.servicePrincipals.set(atHome.objectId, atHome);
  for (const version of [1, 2]) {
    const api = multitenantApplication(HOME, world.credential);
    api.settings["identifierUris"] = [`api://ledger-${version}`];
    api.settings["api"] = { requestedAccessTokenVersion: version };
    azure.state.applications.set(api.objectId, api);
    for (const tenantId of [HOME, RESOURCE]) {
      const objectId = `${api.objectId}-${tenantId}`;
      const made = { ...principal, tenantId, objectId, appId: api.appId, settings: {} };
      azure.state.servicePrincipals.set(objectId, made);
    }
  }
});

const guid = expect.stringMatching(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as unknown;
const opaque = expect.stringMatching(/^[\w.-]{16,}$/) as unknown;

/** What every token of Entra's says. */
function common(tid: string) {
  const now = world.clock.milliseconds / 1000;
  const [iat, nbf, exp] = [now - 300, now - 300, expect.any(Number) as unknown];
  const ids = { oid: guid, sub: guid, aio: opaque, rh: opaque, uti: opaque };
  return { iat, nbf, exp, ...ids, idtyp: "app", tid };
}

/** And what those of each version say besides. */
function v1(tid: string, appid: string, aud: string) {
  const iss = `https://sts.windows.net/${tid}/`;
  return { ...common(tid), ver: "1.0", iss, idp: iss, aud, appid, appidacr: "2" };
}

function v2(tid: string, azp: string, aud: unknown) {
  const iss = `https://login.localhost/${tid}/v2.0`;
  return { ...common(tid), ver: "2.0", iss, aud, azp, azpacr: "2" };
}

const EXCHANGE = "fb60f99c-7a34-4190-8149-302f77469936";
const V1_RESOURCES = [
  "https://graph.microsoft.com",
  "https://management.azure.com/",
  "https://storage.azure.com",
  "https://vault.azure.net",
  "api://ledger-1",
];
const V2_RESOURCES = [
  ["api://AzureADTokenExchange", EXCHANGE],
  ["api://ledger-2", guid],
] as const;

describe.each([HOME, RESOURCE])("an application's token, of tenant %s", (tenantId) => {
  const names = [tenantId, initialDomain(tenantId)];

  it.each(V1_RESOURCES)("for %s is a v1.0 token with the claims of one", async (resource) => {
    for (const name of names) {
      const token = await applicationToken(name, resource);
      const { header, claims } = await validated(token, name, ".well-known");
      expect(header).toEqual({ typ: "JWT", alg: "RS256", kid: header["kid"], x5t: header["kid"] });
      const expected = v1(tenantId, world.application.appId, resource);
      expect(claims).toEqual({ ...expected, xms_ficinfo: opaque });
    }
  });

  it.each(V2_RESOURCES)("for %s is a v2.0 token with the claims of one", async (resource, aud) => {
    for (const name of names) {
      const token = await applicationToken(name, resource);
      const { header, claims } = await validated(token, name, "v2.0/.well-known");
      expect(header).toEqual({ typ: "JWT", alg: "RS256", kid: header["kid"] });
      const expected = v2(tenantId, world.application.appId, aud);
      expect(claims).toEqual({ ...expected, xms_ficinfo: opaque });
    }
  });
});

describe("a managed identity's token", () => {
  const xms_mirid = expect.stringMatching(
    /^\/subscriptions\/[^/]+\/resourcegroups\/home\/providers\/Microsoft\.ManagedIdentity\//,
  ) as unknown;

  it.each(V1_RESOURCES)("for %s is a v1.0 token that names the identity", async (resource) => {
    const { token } = await issueManagedIdentityToken(world.azure, world.identity, resource);
    const { claims } = await validated(token, HOME, ".well-known");
    expect(claims).toEqual({ ...v1(HOME, world.identity.appId, resource), xms_mirid });
  });

  it.each(V2_RESOURCES)("for %s is a v2.0 token that names it", async (resource, aud) => {
    const { token } = await issueManagedIdentityToken(world.azure, world.identity, resource);
    const { claims } = await validated(token, HOME, "v2.0/.well-known");
    expect(claims).toEqual({ ...v2(HOME, world.identity.appId, aud), xms_mirid });
  });
});

describe("the token of a GitHub Actions workflow", () => {
  it("has the claims that its subject is made of", async () => {
    const github = createGithubOidc(world.azure, "secret");
    const headers = { authorization: "Bearer secret" };
    const answer = await github.request("/idtoken?audience=api://any", { headers });
    const { value } = (await answer.json()) as { value: string };
    const path = "/.well-known/openid-configuration";
    const { header, claims } = await validateToken(github, path, value);
    expect(header).toEqual({ typ: "JWT", alg: "RS256", kid: header["kid"], x5t: header["kid"] });
    const now = world.clock.milliseconds / 1000;
    expect(claims).toMatchObject({
      iss: "https://oidc.localhost",
      aud: "api://any",
      sub: GITHUB_SUBJECT,
      jti: guid,
      nbf: now,
      iat: now,
      exp: now + 300,
      repository: "contoso/cross-tenant-data",
      environment: "dev",
      ref: "refs/heads/main",
    });
  });
});

/** Validated by the discovery document of that version, of the tenant by that name. */
function validated(token: string, tenant: string, folder: ".well-known" | "v2.0/.well-known") {
  return validateToken(world.entra, `/${tenant}/${folder}/openid-configuration`, token);
}

async function applicationToken(tenant: string, resource: string): Promise<string> {
  const answer = await requestToken(world, { scope: `${resource}/.default` }, tenant);
  return ((await answer.json()) as { access_token: string }).access_token;
}
