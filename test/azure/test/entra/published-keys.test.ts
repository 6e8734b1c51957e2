import { createHash, X509Certificate } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { HOME } from "../../src/local-azure/seed/default-seed.ts";
import { twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";
import { exchangeToken } from "./exchange-client.ts";
import { type PublishedKey, validateToken } from "./validate-token.ts";

let world: TwoTenants;
let tokens: string[];
beforeAll(async () => {
  world = await twoTenants();
  const before = await exchangeToken(world);
  await world.azure.keys.roll(HOME, world.clock.milliseconds);
  tokens = [before, await exchangeToken(world)];
});

describe("Published keys after a roll-over (RFC 7517 section 4; signing-key-rollover)", () => {
  it.each([
    ["of one tenant, v2.0", `/${HOME}/discovery/v2.0/keys`, 2],
    ["of one tenant, v1.0", `/${HOME}/discovery/keys`, 2],
    ["of all tenants", "/common/discovery/v2.0/keys", 3],
  ])(
    "%s: each comes with a certificate of it, whose thumbprint names it",
    async (_, path, count) => {
      const { keys } = (await (await world.entra.request(path)).json()) as { keys: PublishedKey[] };
      expect(new Set(keys.map(({ kid }) => kid)).size).toBe(count);
      for (const key of keys) {
        const { kid, x5t, x5c, n, e } = key;
        const certificate = new X509Certificate(Buffer.from(x5c[0] ?? "", "base64"));
        expect(certificate.publicKey.export({ format: "jwk" })).toEqual({ kty: "RSA", n, e });
        expect(certificate.verify(certificate.publicKey)).toBe(true);
        expect(key).toMatchObject({ kty: "RSA", use: "sig" });
        const thumbprint = createHash("sha1").update(certificate.raw).digest("base64url");
        expect([kid, x5t, x5c.length]).toEqual([thumbprint, thumbprint, 1]);
      }
    },
  );

  it("validate tokens of the old key and of the new", async () => {
    const path = `/${HOME}/v2.0/.well-known/openid-configuration`;
    const read = await Promise.all(tokens.map((token) => validateToken(world.entra, path, token)));
    const [old, current] = read.map(({ header }) => header["kid"]);
    expect(old).not.toBe(current);
  });
});
