import { createHmac } from "node:crypto";
import { decodeJwt, decodeProtectedHeader, exportSPKI } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import { exchangeToken, mint, refusalOf, requestToken } from "./exchange-client.ts";
import { HOME, RESOURCE, twoTenants, type TwoTenants } from "../two-tenants.ts";

let world: TwoTenants;
let token: string;
beforeEach(async () => {
  world = await twoTenants();
  token = await exchangeToken(world);
});

const badSignature = {
  status: 401,
  error: "invalid_client",
  code: 700027,
  text: "AADSTS700027: Client assertion failed signature validation.",
};

const malformed = {
  status: 400,
  error: "invalid_request",
  code: 50027,
  text: "AADSTS50027: JWT token is invalid or malformed.",
};

describe("JWT profile for client authentication (RFC 7523 section 3)", () => {
  it.each([
    ["no JWT", () => "nonsense"],
    ["a JWT with a part too many", () => `${token}.${token}`],
    ["a JWT that is encoded twice", () => Buffer.from(token).toString("base64url")],
    ["a JWT whose claims are no object", () => `${segment({ alg: "RS256" })}.${segment([])}.x`],
  ])("refuses %s", async (_case, assertion) => {
    expect(await send(assertion())).toEqual(malformed);
  });

  it("refuses a token without issuer, subject or audience", async () => {
    for (const claim of ["iss", "sub", "aud"]) {
      const claims = { ...decodeJwt(token), [claim]: undefined };
      expect(await send(await mint(world.azure, HOME, claims))).toEqual(malformed);
    }
  });

  it("refuses a token of a megabyte before reading it", async () => {
    const response = await requestToken(world, { client_assertion: "a".repeat(1024 * 1024) });
    expect(response.status).toBe(413);
  });

  it("refuses alg none", async () => {
    const header = { ...decodeProtectedHeader(token), alg: "none" };
    expect(await send(`${segment(header)}.${token.split(".")[1]}.`)).toEqual(badSignature);
  });

  it("refuses HS256 keyed with the issuer's public key", async () => {
    const key = world.azure.keys.get(HOME);
    if (key === undefined) throw new Error("no key");
    const header = { ...decodeProtectedHeader(token), alg: "HS256" };
    const signed = `${segment(header)}.${token.split(".")[1]}`;
    const mac = createHmac("sha256", await exportSPKI(key.publicKey)).update(signed);
    expect(await send(`${signed}.${mac.digest("base64url")}`)).toEqual(badSignature);
  });

  it("refuses a claim that was changed after signing", async () => {
    const [header, , signature] = token.split(".");
    const claims = segment({ ...decodeJwt(token), sub: "somebody-else" });
    expect(await send(`${header}.${claims}.${signature}`)).toEqual(badSignature);
  });

  it("refuses another tenant's key under the issuer's key id", async () => {
    const { kid } = decodeProtectedHeader(token);
    const forged = await mint(world.azure, RESOURCE, decodeJwt(token), kid);
    expect(await send(forged)).toEqual(badSignature);
  });

  it("refuses a key id that the issuer does not publish", async () => {
    const forged = await mint(world.azure, RESOURCE, decodeJwt(token));
    const { kid } = world.azure.keys.get(RESOURCE) ?? {};
    expect(await send(forged)).toEqual({
      status: 401,
      error: "invalid_client",
      code: 7000272,
      text: `AADSTS7000272: The certificate with identifier '${kid}' used to sign the federated credential could not be found in the metadata of identity provider 'https://login.localhost/${HOME}/v2.0'.`,
    });
  });

  it("refuses an expired token from its very second on", async () => {
    const { exp = 0 } = decodeJwt(token);
    world.clock.milliseconds = exp * 1000 - 1;
    expect((await requestToken(world, { client_assertion: token })).status).toBe(200);
    world.clock.milliseconds = exp * 1000;
    expect(await send(token)).toEqual({
      status: 401,
      error: "invalid_client",
      code: 700024,
      text: "AADSTS700024: Client assertion is not within its valid time range. Current time: 2026-01-16T12:00:00.0000000Z, assertion valid from 2026-01-15T11:55:00.0000000Z, expiry time of assertion 2026-01-16T12:00:00.0000000Z. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .",
    });
  });

  it("refuses a token that is not yet valid", async () => {
    const nbf = world.clock.milliseconds / 1000 + 1;
    const early = await mint(world.azure, HOME, { ...decodeJwt(token), nbf });
    expect((await send(early)).code).toBe(700024);
  });

  it("refuses a token that never expires", async () => {
    const eternal = await mint(world.azure, HOME, { ...decodeJwt(token), exp: undefined });
    expect((await send(eternal)).code).toBe(700024);
  });
});

async function send(assertion: string) {
  return refusalOf(await requestToken(world, { client_assertion: assertion }));
}

function segment(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
