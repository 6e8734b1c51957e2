import { compactVerify, decodeJwt, decodeProtectedHeader, type JWTPayload } from "jose";
import type { Azure } from "./azure.ts";
import { epochSeconds } from "./clock.ts";
import { tenantOfIssuer } from "./entra/issuers.ts";

/** Who a verified access token speaks for. */
export interface Caller {
  readonly tenantId: string;
  /** The service principal in that tenant. */
  readonly objectId: string;
  readonly appId: string;
  readonly claims: JWTPayload;
}

export type BearerRefusal =
  "missing" | "malformed" | "signature" | "issuer" | "audience" | "lifetime";

/** A token that a service must not accept; each service renders it in its own shape. Never holds the token. */
export class BearerRefused extends Error {
  readonly reason: BearerRefusal;

  constructor(reason: BearerRefusal, message: string) {
    super(message);
    this.name = "BearerRefused";
    this.reason = reason;
  }
}

/**
 * Verifies an Authorization header as an Azure API does: a bearer token of a local tenant, signed RS256 with that
 * tenant's key, within its lifetime, for one of `audiences`. Throws BearerRefused.
 */
export async function verifyBearer(
  azure: Azure,
  authorizationHeader: string | undefined,
  audiences: readonly string[],
): Promise<Caller> {
  const token = bearerToken(authorizationHeader);
  const { claims, kid } = decode(token);
  const tenantId = tenantOfIssuer(azure, claims.iss);
  if (tenantId === undefined || claims["tid"] !== tenantId) {
    throw new BearerRefused("issuer", "the token's issuer is no tenant of this cloud");
  }
  const published = azure.keys.published(tenantId, azure.clock.now());
  const key = published.find((candidate) => candidate.kid === kid);
  if (key === undefined) {
    throw new BearerRefused("signature", "the token's signing key is not the issuer's");
  }
  await compactVerify(token, key.publicKey, { algorithms: ["RS256"] }).catch(() => {
    throw new BearerRefused("signature", "the token's signature is invalid");
  });
  requireLifetime(azure, claims);
  if (typeof claims.aud !== "string" || !audiences.includes(claims.aud)) {
    throw new BearerRefused("audience", "the token is for another audience");
  }
  const appId = claims["appid"] ?? claims["azp"];
  const objectId = claims["oid"];
  if (typeof appId !== "string" || typeof objectId !== "string") {
    throw new BearerRefused("malformed", "the token names no application or no object");
  }
  return { tenantId, objectId, appId, claims };
}

function bearerToken(header: string | undefined): string {
  if (header === undefined || header === "") {
    throw new BearerRefused("missing", "the request has no Authorization header");
  }
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  if (token === undefined) {
    throw new BearerRefused("malformed", "the Authorization header is not a bearer token");
  }
  return token;
}

function decode(token: string): { claims: JWTPayload; kid: string | undefined } {
  try {
    return { claims: decodeJwt(token), kid: decodeProtectedHeader(token).kid };
  } catch {
    throw new BearerRefused("malformed", "the bearer token is not a signed JWT");
  }
}

function requireLifetime(azure: Azure, { nbf, exp }: JWTPayload): void {
  const now = epochSeconds(azure.clock);
  if (typeof nbf !== "number" || typeof exp !== "number") {
    throw new BearerRefused("lifetime", "the token has no lifetime");
  }
  if (nbf > now) throw new BearerRefused("lifetime", "the token is not yet valid");
  if (exp <= now) throw new BearerRefused("lifetime", "the token is expired");
}
