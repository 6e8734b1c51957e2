import { decodeProtectedHeader } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { HOME, RESOURCE } from "../../src/local-azure/seed/default-seed.ts";
import { forgedTokens } from "../bad-tokens/forged-tokens.ts";
import { goodToken, type GoodToken } from "../bad-tokens/good-token.ts";
import { signJwt } from "../bad-tokens/sign-jwt.ts";
import { JWT_BEARER, twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";
import { exchangeToken, refusalOf } from "./exchange-client.ts";

let world: TwoTenants;
let good: GoodToken;
beforeAll(async () => {
  world = await twoTenants();
  const { azure, principal, identity } = world;
  good = goodToken(azure, await exchangeToken(world));
  const atHome = { ...principal, tenantId: HOME, objectId: identity.objectId.replace(/^./, "0") };
  azure.state.servicePrincipals.set(atHome.objectId, atHome);
});

const endpoints = {
  "v2.0 of the resource tenant": `/${RESOURCE}/oauth2/v2.0/token`,
  "v2.0 of the home tenant": `/${HOME}/oauth2/v2.0/token`,
  "v1.0 of the resource tenant": `/${RESOURCE}/oauth2/token`,
};

const malformed = {
  status: 400,
  error: "invalid_request",
  code: 50027,
  text: "AADSTS50027: JWT token is invalid or malformed.",
};
const badSignature = {
  status: 401,
  error: "invalid_client",
  code: 700027,
  text: "AADSTS700027: Client assertion failed signature validation.",
};
const outsideItsTime = {
  status: 401,
  error: "invalid_client",
  code: 700024,
  text: expect.stringMatching(
    /^AADSTS700024: Client assertion is not within its valid time range\. Current time: 2026-01-15T12:00:00\.0000000Z, assertion valid from .*Z, expiry time of assertion .*Z\. /,
  ),
};

describe.each(Object.entries(endpoints))(
  "JWT profile for client authentication (RFC 7523 section 3), %s",
  (_, endpoint) => {
    it.each(forgedTokens)("refuses an assertion: $name", async ({ reason, of }) => {
      const assertion = await of(good);
      const expected = reason === "malformed" ? malformed : signatureRefusal(assertion);
      await refused(endpoint, assertion, expected);
    });

    it.each([
      ["an expiry that is text", { exp: "9999999999" }, malformed],
      ["an expiry beyond every date", { exp: 1e300 }, malformed],
      ["a beginning that is text", { nbf: "soon" }, malformed],
      ["a beginning before every date", { nbf: -1e300 }, malformed],
      ["an issuer that is an object", { iss: {} }, malformed],
      ["a subject that is a number", { sub: 7 }, malformed],
      ["two audiences", { aud: ["a", "b"] }, malformed],
      ["no issuer", { iss: undefined }, malformed],
      ["no subject", { sub: undefined }, malformed],
      ["no audience", { aud: undefined }, malformed],
      ["no expiry", { exp: undefined }, outsideItsTime],
      ["an expiry that is now", { exp: Date.UTC(2026, 0, 15, 12) / 1000 }, outsideItsTime],
      ["a beginning to come", { nbf: Date.UTC(2026, 0, 15, 12) / 1000 + 1 }, outsideItsTime],
    ])("refuses an assertion of the issuer's: %s", async (_name, claims, expected) => {
      const assertion = signJwt(good.header, { ...good.claims, ...claims }, good.key);
      await refused(endpoint, assertion, expected);
    });

    it.each([
      [" at its beginning", (token: string) => ` ${token}`],
      [" at its end", (token: string) => `${token}\n`],
      [" within", (token: string) => token.replace(".", ". ")],
    ])("refuses an assertion with white space%s", async (_name, spaced) => {
      await refused(endpoint, spaced(good.token), malformed);
    });

    it("refuses an assertion of a megabyte before reading it", async () => {
      expect((await send(endpoint, "a".repeat(1024 * 1024))).status).toBe(413);
    });

    it("takes the good one", async () => {
      expect((await send(endpoint, good.token)).status).toBe(200);
    });
  },
);

/** By whether the issuer has a key of the assertion's name. */
function signatureRefusal(assertion: string) {
  const { kid = "" } = decodeProtectedHeader(assertion);
  if (kid === good.header["kid"]) return badSignature;
  return {
    status: 401,
    error: "invalid_client",
    code: 7000272,
    text: `AADSTS7000272: The certificate with identifier '${kid}' used to sign the federated credential could not be found in the metadata of identity provider 'https://login.localhost/${HOME}/v2.0'.`,
  };
}

async function refused(endpoint: string, assertion: string, expected: object): Promise<void> {
  const response = await send(endpoint, assertion);
  const text = await response.clone().text();
  expect(await refusalOf(response)).toEqual(expected);
  const parts = assertion.split(/[.\s]/).filter((part) => part.length >= 16);
  expect(parts.some((part) => text.includes(part))).toBe(false);
  expect(text).not.toContain("access_token");
}

function send(endpoint: string, assertion: string): Promise<Response> {
  const fields = {
    grant_type: "client_credentials",
    client_id: world.application.appId,
    client_assertion_type: JWT_BEARER,
    client_assertion: assertion,
    resource: "https://storage.azure.com",
    scope: "https://storage.azure.com/.default",
  };
  const body = new URLSearchParams(fields);
  return Promise.resolve(world.entra.request(endpoint, { method: "POST", body }));
}
