import { epochSeconds } from "../../src/world/clock.ts";
import type { BadToken } from "./bad-token.ts";
import { attacker, type GoodToken } from "./good-token.ts";
import { signJwt } from "./sign-jwt.ts";

/** Tokens of a good key that say something else than a good token of the service: what a verifier of signatures lets in. */
export const misissuedTokens: readonly BadToken[] = [
  row("another service's audience", "audience", { aud: "https://example.invalid" }),
  row("two audiences, one of them right", "audience", ({ claims }) => ({
    aud: [claims["aud"], "https://example.invalid"],
  })),
  row("no audience", "audience", { aud: undefined }),
  row("an audience that differs in case", "audience", ({ claims }) => ({
    aud: String(claims["aud"]).toUpperCase(),
  })),
  row("an expiry that is now", "expired", ({ azure }) => ({ exp: epochSeconds(azure.clock) })),
  row("no expiry", "expired", { exp: undefined }),
  row("an expiry that is text", "malformed", ({ claims }) => ({ exp: String(claims["exp"]) })),
  row("an expiry beyond every date", "malformed", { exp: 1e300 }),
  row("no beginning", "expired", { nbf: undefined }),
  // A minute, because some services under test have a clock that runs.
  row("a beginning in the future", "early", ({ azure }) => ({
    nbf: epochSeconds(azure.clock) + 60,
  })),
  row("a beginning that is text", "malformed", { nbf: "0" }),
  row("the other tenant's issuer", "issuer", ({ other }) => ({ iss: v1Issuer(other.tenantId) })),
  row("the other tenant's issuer and tenant id", "signature", ({ other }) => ({
    iss: v1Issuer(other.tenantId),
    tid: other.tenantId,
  })),
  row("the other tenant's id", "issuer", ({ other }) => ({ tid: other.tenantId })),
  row("no tenant id", "issuer", { tid: undefined }),
  row("no issuer", "issuer", { iss: undefined }),
  row("an issuer that is a list", "malformed", ({ claims }) => ({ iss: [claims["iss"]] })),
  row("the tenant's issuer of version 2.0", "issuer", ({ azure, claims }) => ({
    iss: `${azure.endpoints.login}/${String(claims["tid"])}/v2.0`,
    ver: "2.0",
  })),
  row("the public cloud's issuer of version 2.0", "issuer", ({ claims }) => ({
    iss: `https://login.microsoftonline.com/${String(claims["tid"])}/v2.0`,
  })),
  row("the issuer without its slash", "issuer", ({ claims }) => ({
    iss: String(claims["iss"]).slice(0, -1),
  })),
  row("an unknown tenant", "issuer", {
    iss: v1Issuer("33333333-3333-4333-8333-333333333333"),
    tid: "33333333-3333-4333-8333-333333333333",
  }),
  row("no object id", "principal", { oid: undefined }),
  row("an object id that is a number", "principal", { oid: 7 }),
  row("no application id", "principal", { appid: undefined }),
  {
    name: "GitHub's issuer",
    reason: "issuer",
    // The issuer is looked at before its keys are, so that any key does.
    of: ({ azure, header, claims }) =>
      signJwt(header, { ...claims, iss: azure.endpoints.oidc }, attacker.rsa.privateKey),
  },
  header("no key id", "signature", { kid: undefined }),
  header("a key id that is a number", "malformed", { kid: 7 }),
  header("the type of another profile (at+jwt)", "malformed", { typ: "at+jwt" }),
  header("no type", "malformed", { typ: undefined }),
  header("a critical extension", "signature", { crit: ["urn:example"], "urn:example": true }),
  header("alg PS256 over a signature that is RS256", "signature", { alg: "PS256" }),
  {
    name: "PS256 by the issuer's own key",
    reason: "signature",
    of: ({ header: good, claims, key }) => signJwt({ ...good, alg: "PS256" }, claims, key, "PS256"),
  },
  {
    name: "RS384 by the issuer's own key",
    reason: "signature",
    of: ({ header: good, claims, key }) => signJwt({ ...good, alg: "RS384" }, claims, key, "RS384"),
  },
];

type Changes = Readonly<Record<string, unknown>>;

function row(
  name: string,
  reason: BadToken["reason"],
  changes: Changes | ((good: GoodToken) => Changes),
): BadToken {
  const of = (good: GoodToken) => {
    const changed = typeof changes === "function" ? changes(good) : changes;
    return signJwt(good.header, { ...good.claims, ...changed }, good.key);
  };
  return { name, reason, of };
}

function header(name: string, reason: BadToken["reason"], changes: Changes): BadToken {
  return {
    name,
    reason,
    of: (good) => signJwt({ ...good.header, ...changes }, good.claims, good.key),
  };
}

function v1Issuer(tenantId: string): string {
  return `https://sts.windows.net/${tenantId}/`;
}
