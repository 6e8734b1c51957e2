import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { HOME, RESOURCE } from "../../src/local-azure/seed/default-seed.ts";
import { initialDomain } from "../../src/world/directory/lookup.ts";
import { twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";
import { exchangeToken, refusalOf, requestToken } from "./exchange-client.ts";

let world: TwoTenants;
beforeAll(async () => {
  world = await twoTenants();
});

const UNKNOWN = "33333333-3333-4333-8333-333333333333";
const DOCUMENTS = [
  "v2.0/.well-known/openid-configuration",
  ".well-known/openid-configuration",
  "discovery/v2.0/keys",
  "discovery/keys",
];

describe("OpenID Connect discovery (v2-protocols-oidc)", () => {
  it.each(DOCUMENTS)("refuses an unknown tenant at %s, by GUID and by domain", async (path) => {
    for (const name of [UNKNOWN, "contoso.example"]) {
      expect(await refusalOf(await world.entra.request(`/${name}/${path}`))).toEqual({
        status: 400,
        error: "invalid_tenant",
        code: 90002,
        text: `AADSTS90002: Tenant '${name}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
      });
    }
  });

  it.each(DOCUMENTS)("refuses at %s what names no tenant", async (path) => {
    const refusal = await refusalOf(await world.entra.request(`/con%20toso/${path}`));
    expect(refusal).toMatchObject({ status: 400, error: "invalid_request", code: 900023 });
  });

  it.each(DOCUMENTS)("answers 501 for personal accounts at %s", async (path) => {
    const response = await world.entra.request(`/consumers/${path}`);
    expect(response.status).toBe(501);
    expect(await response.json()).toEqual({
      error: {
        code: "NotImplemented",
        message: `GET /consumers/${path} is not emulated by the local Azure`,
      },
    });
  });

  it.each(DOCUMENTS)("answers the same to a tenant's domain as to its id, at %s", async (path) => {
    expect(await json(`/${initialDomain(HOME)}/${path}`)).toEqual(await json(`/${HOME}/${path}`));
  });

  it("names the tenant's own issuer, token endpoint and keys", async () => {
    expect(await json(`/${HOME}/v2.0/.well-known/openid-configuration`)).toMatchObject({
      issuer: `https://login.localhost/${HOME}/v2.0`,
      token_endpoint: `https://login.localhost/${HOME}/oauth2/v2.0/token`,
      jwks_uri: `https://login.localhost/${HOME}/discovery/v2.0/keys`,
      id_token_signing_alg_values_supported: ["RS256"],
    });
  });

  it("names in the v1.0 document the issuer of v1.0 tokens", async () => {
    expect(await json(`/${HOME}/.well-known/openid-configuration`)).toMatchObject({
      issuer: `https://sts.windows.net/${HOME}/`,
      token_endpoint: `https://login.localhost/${HOME}/oauth2/token`,
      jwks_uri: `https://login.localhost/${HOME}/discovery/keys`,
    });
  });

  it.each(["common", "organizations"])("puts {tenantid} into the issuer of /%s", async (name) => {
    expect(await json(`/${name}/v2.0/.well-known/openid-configuration`)).toMatchObject({
      issuer: "https://login.localhost/{tenantid}/v2.0",
      jwks_uri: `https://login.localhost/${name}/discovery/v2.0/keys`,
    });
    expect(await json(`/${name}/.well-known/openid-configuration`)).toMatchObject({
      issuer: "https://sts.windows.net/{tenantid}/",
    });
  });

  it("publishes at /common every tenant's keys, each with the issuer it signs for", async () => {
    const { keys } = (await json("/common/discovery/v2.0/keys")) as { keys: object[] };
    expect(keys).toEqual([HOME, RESOURCE].map(publishedKey));
  });

  it("publishes keys that verify the tenant's tokens and no other tenant's", async () => {
    const token = await exchangeToken(world);
    const currentDate = new Date(world.clock.milliseconds);
    await expect(jwtVerify(token, await keysOf(HOME), { currentDate })).resolves.toBeDefined();
    await expect(jwtVerify(token, await keysOf(RESOURCE), { currentDate })).rejects.toMatchObject({
      code: "ERR_JWKS_NO_MATCHING_KEY",
    });
  });

  it("publishes no private key", async () => {
    const { keys } = (await json(`/${HOME}/discovery/v2.0/keys`)) as { keys: object[] };
    expect(keys.map((key) => Object.keys(key).sort())).toEqual([
      ["e", "issuer", "kid", "kty", "n", "use", "x5c", "x5t"],
    ]);
  });

  it("answers 501 naming method and path for what is not emulated", async () => {
    const response = await world.entra.request(`/${HOME}/oauth2/v2.0/authorize`);
    expect(response.status).toBe(501);
    expect(await response.json()).toEqual({
      error: {
        code: "NotImplemented",
        message: `GET /${HOME}/oauth2/v2.0/authorize is not emulated by the local Azure`,
      },
    });
  });

  it("counts a token request as no write", async () => {
    await requestToken(world);
    expect(world.azure.traffic.writes).toEqual([]);
  });
});

function publishedKey(tenantId: string): object {
  const { jwk } = world.azure.keys.get(tenantId) ?? {};
  return { ...jwk, issuer: `https://login.localhost/${tenantId}/v2.0` };
}

async function json(path: string): Promise<unknown> {
  const response = await world.entra.request(path);
  expect(response.status).toBe(200);
  return response.json();
}

async function keysOf(tenantId: string) {
  return createLocalJWKSet((await json(`/${tenantId}/discovery/v2.0/keys`)) as JSONWebKeySet);
}
