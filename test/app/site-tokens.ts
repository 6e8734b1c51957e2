import { TokenError } from "cross-tenant-tokens";
import { contoso, fabrikam, tokenState, type Site } from "./site.ts";

/** Part of the token that a site holds; nothing may ever show it. */
export const canary = "canary-signature";

/** Lets `site` hold a storage token of contoso as Entra issues it: version 1, good for an hour. */
export function holdToken(site: Site): void {
  const claims = {
    iss: `https://sts.windows.net/${contoso.tenantId}/`,
    aud: "https://storage.azure.com",
    tid: contoso.tenantId,
    appid: "app-id",
    sub: "service-principal-id",
    iat: 1_767_225_600,
    nbf: 1_767_225_600,
    exp: 1_767_229_200,
  };
  const payload = Buffer.from(JSON.stringify(claims)).toString("base64url");
  site.tokenStates.set(
    contoso.tenantId,
    tokenState({
      token: {
        token: `eyJhbGciOiJSUzI1NiJ9.${payload}.${canary}`,
        expiresOnTimestamp: site.clock.now() + 3_600_000,
      },
      obtainedAt: site.clock.now(),
      refreshAt: site.clock.now() + 1_800_000,
      lastAttempt: { at: site.clock.now() },
      counters: { served: 7, obtained: 2, failed: 1, rejected: 0 },
    }),
  );
}

/** Lets the last exchange of `site` in fabrikam have been refused. */
export function failExchange(site: Site): void {
  const details = { aadsts: 7_000_229, upstreamStatus: 401 };
  const error = new TokenError(
    "token exchange",
    "ERR_TOKEN_EXCHANGE",
    "AADSTS7000229: missing",
    details,
  );
  site.tokenStates.set(
    fabrikam.tenantId,
    tokenState({
      lastAttempt: { at: site.clock.now(), error },
      inFlight: true,
      counters: { served: 0, obtained: 0, failed: 3, rejected: 0 },
    }),
  );
}
