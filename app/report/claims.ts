import { isoTime } from "cross-tenant-tokens/time";

/** Claims of an access token that name who may do what until when. */
export interface TokenClaims {
  readonly issuer?: string;
  readonly tenantId?: string;
  readonly applicationId?: string;
  readonly subject?: string;
  readonly audience?: string;
  readonly issuedAt?: string;
  readonly notBefore?: string;
  readonly expiresAt?: string;
}

/**
 * Reads the claims worth showing, without verifying anything: the token comes straight from its
 * issuer and is for the resource to judge. Empty when the token is not a JWT, which it need not be.
 */
export function readClaims(token: string): TokenClaims {
  const payload = payloadOf(token);
  const text = (...names: string[]): string | undefined =>
    names.map((name): unknown => payload[name]).find((value) => typeof value === "string");
  const time = (name: string): string | undefined => {
    const seconds = payload[name];
    return typeof seconds === "number" ? isoTime(seconds * 1000) : undefined;
  };
  // Version 1 tokens name the application "appid", version 2 tokens "azp".
  const claims = {
    issuer: text("iss"),
    tenantId: text("tid"),
    applicationId: text("appid", "azp"),
    subject: text("sub", "oid"),
    audience: text("aud"),
    issuedAt: time("iat"),
    notBefore: time("nbf"),
    expiresAt: time("exp"),
  };
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}

function payloadOf(token: string): Record<string, unknown> {
  try {
    const payload: unknown = JSON.parse(
      Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"),
    );
    return typeof payload === "object" && payload !== null ? { ...payload } : {};
  } catch {
    return {};
  }
}
