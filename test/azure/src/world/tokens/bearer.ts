import { compactVerify, type JWTPayload } from "jose";
import { epochSeconds } from "../clock.ts";
import { tenantOfIssuer, v1Issuer } from "../names/issuers.ts";
import type { World } from "../world.ts";
import { readJwt, type ReadJwt } from "./read-jwt.ts";

/** Who a verified access token speaks for. */
export interface Caller {
  readonly tenantId: string;
  /** The service principal in that tenant. */
  readonly objectId: string;
  readonly appId: string;
  readonly claims: JWTPayload;
}

/** `scheme`: the header is no bearer token's. `principal`: the token says neither who nor for which application. */
export type BearerRefusal =
  | "missing"
  | "scheme"
  | "no-token"
  | "malformed"
  | "signature"
  | "issuer"
  | "early"
  | "expired"
  | "audience"
  | "principal";

/** A token that a service must not accept; each service renders it in its own shape. Never holds the token. */
export class BearerRefused extends Error {
  readonly reason: BearerRefusal;
  /** The claim that was refused, for services that quote it: issuer, audience or expiry. Empty when there is none. */
  readonly found: string;

  constructor(reason: BearerRefusal, message: string, found: unknown = "") {
    super(message);
    this.name = "BearerRefused";
    this.reason = reason;
    this.found = typeof found === "string" || typeof found === "number" ? String(found) : "";
  }
}

/**
 * Verifies an Authorization header as an Azure API does: a bearer token of a local tenant, signed RS256 with that
 * tenant's key, within its lifetime, for one of `audiences`, and of version 1.0, which is what every API here asks Entra
 * for. Throws BearerRefused.
 */
export async function verifyBearer(
  azure: World,
  authorizationHeader: string | undefined,
  audiences: readonly string[],
): Promise<Caller> {
  const token = bearerToken(authorizationHeader);
  const { header, claims } = read(token);
  const { iss, aud, oid, tid, appid } = claims;
  const tenantId = tenantOfIssuer(azure, iss);
  if (tenantId === undefined || tid !== tenantId) {
    throw new BearerRefused("issuer", "the token's issuer is no tenant of this cloud", iss);
  }
  await requireSignature(azure, token, tenantId, header.kid);
  requireLifetime(azure, claims);
  if (typeof aud !== "string" || !audiences.includes(aud)) {
    throw new BearerRefused("audience", "the token is for another audience", aud);
  }
  if (iss !== v1Issuer(tenantId)) {
    throw new BearerRefused("issuer", "the token is no version 1.0 token", iss);
  }
  if (typeof appid !== "string" || typeof oid !== "string") {
    throw new BearerRefused("principal", "the token names no application or no object");
  }
  return { tenantId, objectId: oid, appId: appid, claims };
}

function bearerToken(header: string | undefined): string {
  if (header === undefined || header === "") {
    throw new BearerRefused("missing", "the request has no Authorization header");
  }
  // A scheme's case never matters (RFC 9110 section 11.1).
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  if (token !== undefined) return token;
  if (/^Bearer$/i.test(header)) {
    throw new BearerRefused("no-token", "the Authorization header has no token");
  }
  throw new BearerRefused("scheme", "the Authorization header is not a bearer token");
}

function read(token: string): ReadJwt {
  const jwt = readJwt(token);
  // Entra's tokens are all of this type (access-token-claims-reference, header claims).
  if (jwt?.header.typ === "JWT") return jwt;
  throw new BearerRefused("malformed", "the bearer token is not a signed JWT");
}

async function requireSignature(
  { keys, clock }: World,
  token: string,
  tenantId: string,
  kid: string | undefined,
): Promise<void> {
  const key = keys.published(tenantId, clock.now()).find((candidate) => candidate.kid === kid);
  if (key === undefined) {
    throw new BearerRefused("signature", "the token's signing key is not the issuer's");
  }
  await compactVerify(token, key.publicKey, { algorithms: ["RS256"] }).catch(() => {
    throw new BearerRefused("signature", "the token's signature is invalid");
  });
}

function requireLifetime({ clock }: World, { nbf, exp }: JWTPayload): void {
  const now = epochSeconds(clock);
  if (nbf === undefined || exp === undefined) {
    throw new BearerRefused("expired", "the token has no lifetime", exp);
  }
  if (nbf > now) throw new BearerRefused("early", "the token is not yet valid");
  if (exp <= now) throw new BearerRefused("expired", "the token is expired", exp);
}
