import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { exchangeToken, refusalOf, requestToken } from "./exchange-client.ts";
import { HOME, RESOURCE, twoTenants, type TwoTenants } from "../two-tenants.ts";

let world: TwoTenants;
beforeAll(async () => {
  world = await twoTenants();
});

describe("OpenID Connect discovery (v2-protocols-oidc)", () => {
  it("refuses an unknown tenant", async () => {
    const unknown = "33333333-3333-4333-8333-333333333333";
    const response = await world.entra.request(`/${unknown}/v2.0/.well-known/openid-configuration`);
    expect(await refusalOf(response)).toMatchObject({ status: 400, code: 90002 });
  });

  it("names the tenant's own issuer, token endpoint and keys", async () => {
    expect(await json(`/${HOME}/v2.0/.well-known/openid-configuration`)).toMatchObject({
      issuer: `https://login.localhost/${HOME}/v2.0`,
      token_endpoint: `https://login.localhost/${HOME}/oauth2/v2.0/token`,
      jwks_uri: `https://login.localhost/${HOME}/discovery/v2.0/keys`,
      id_token_signing_alg_values_supported: ["RS256"],
    });
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

  it("tells MSAL that its host is a cloud of its own", async () => {
    expect(await json("/common/discovery/instance?api-version=1.1")).toMatchObject({
      metadata: [{ aliases: ["login.localhost"] }],
    });
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

async function json(path: string): Promise<unknown> {
  const response = await world.entra.request(path);
  expect(response.status).toBe(200);
  return response.json();
}

async function keysOf(tenantId: string) {
  return createLocalJWKSet((await json(`/${tenantId}/discovery/v2.0/keys`)) as JSONWebKeySet);
}
