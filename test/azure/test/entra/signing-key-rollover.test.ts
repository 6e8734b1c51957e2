import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import { HOME, RESOURCE } from "../../src/local-azure/seed/default-seed.ts";
import { verifyBearer } from "../../src/world/tokens/bearer.ts";
import { twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";
import { exchangeToken, refusalOf, requestToken } from "./exchange-client.ts";

const DAY = 24 * 3_600_000;
const STORAGE = ["https://storage.azure.com"];

let world: TwoTenants;
beforeEach(async () => {
  world = await twoTenants();
});

const roll = (tenantId: string) => world.azure.keys.roll(tenantId, world.clock.milliseconds);

describe("Signing key rollover (signing-key-rollover)", () => {
  it("refuses to roll the key of an issuer that has none", async () => {
    const unknown = "33333333-3333-4333-8333-333333333333";
    await expect(roll(unknown)).rejects.toThrow(`no signing key of "${unknown}" to replace`);
  });

  it("signs with the new key at once and publishes both", async () => {
    const old = decodeProtectedHeader(await exchangeToken(world)).kid;
    await roll(HOME);
    const { kid } = decodeProtectedHeader(await exchangeToken(world));
    expect(kid).not.toBe(old);
    expect((await published(HOME)).keys.map((key) => key.kid)).toEqual([kid, old]);
  });

  it("leaves the other tenant's key alone", async () => {
    const before = await published(RESOURCE);
    await roll(HOME);
    expect(await published(RESOURCE)).toEqual(before);
  });

  it("accepts assertions and tokens of either key", async () => {
    const assertion = await exchangeToken(world);
    const token = await storageToken();
    await roll(HOME);
    await roll(RESOURCE);
    for (const client_assertion of [assertion, await exchangeToken(world)])
      expect((await requestToken(world, { client_assertion })).status).toBe(200);
    for (const bearer of [token, await storageToken()])
      await expect(verifyBearer(world.azure, `Bearer ${bearer}`, STORAGE)).resolves.toMatchObject({
        tenantId: RESOURCE,
      });
  });

  it("lets a client that has the old keys find the new one by fetching them again", async () => {
    const cached = createLocalJWKSet(await published(HOME));
    await roll(HOME);
    const token = await exchangeToken(world);
    const currentDate = new Date(world.clock.milliseconds);
    await expect(jwtVerify(token, cached, { currentDate })).rejects.toMatchObject({
      code: "ERR_JWKS_NO_MATCHING_KEY",
    });
    const fetched = createLocalJWKSet(await published(HOME));
    await expect(jwtVerify(token, fetched, { currentDate })).resolves.toBeDefined();
  });

  it("withdraws the old key when its last token has expired, and then refuses it", async () => {
    const assertion = await exchangeToken(world);
    const { kid } = decodeProtectedHeader(assertion);
    await roll(HOME);
    world.clock.milliseconds += DAY - 1000;
    expect((await requestToken(world, { client_assertion: assertion })).status).toBe(200);
    world.clock.milliseconds += 1000;
    expect((await published(HOME)).keys).toHaveLength(1);
    expect(await refusalOf(await requestToken(world, { client_assertion: assertion }))).toEqual({
      status: 401,
      error: "invalid_client",
      code: 7000272,
      text: `AADSTS7000272: The certificate with identifier '${kid}' used to sign the federated credential could not be found in the metadata of identity provider 'https://login.localhost/${HOME}/v2.0'.`,
    });
  });
});

async function published(tenantId: string): Promise<JSONWebKeySet> {
  const response = await world.entra.request(`/${tenantId}/discovery/v2.0/keys`);
  return (await response.json()) as JSONWebKeySet;
}

async function storageToken(): Promise<string> {
  const body = (await (await requestToken(world)).json()) as { access_token: string };
  return body.access_token;
}
