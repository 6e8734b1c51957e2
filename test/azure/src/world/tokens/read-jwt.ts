import type { JWTPayload, ProtectedHeaderParameters } from "jose";

/** What a token says of itself, which is worth nothing until its signature holds. */
export interface ReadJwt {
  readonly header: ProtectedHeaderParameters;
  readonly claims: JWTPayload;
}

/** 9999-12-31T23:59:59Z, the last second that Azure's validators can hold (.NET's DateTime). */
const LAST_SECOND = 253_402_300_799;

/**
 * Reads a signed JWT without judging its signature; undefined when it is none. Stricter than decoders that forgive: one
 * spelling per token, base64url without padding or stray bits (RFC 7515 section 2, RFC 4648 section 3.5), and no
 * registered parameter of another type than RFC 7515 and RFC 7519 give it.
 */
export function readJwt(token: string): ReadJwt | undefined {
  const parts = token.split(".");
  if (parts.length !== 3 || !parts.every(isCanonical)) return undefined;
  const [header, claims] = parts.slice(0, 2).map(parseObject);
  if (header === undefined || claims === undefined) return undefined;
  const typed =
    ["alg", "kid", "typ"].every((name) => isAbsentOr("string", header[name])) &&
    ["iss", "sub"].every((name) => isAbsentOr("string", claims[name])) &&
    ["nbf", "exp", "iat"].every((name) => isAbsentOrTime(claims[name]));
  return typed ? { header, claims } : undefined;
}

function isCanonical(part: string): boolean {
  return Buffer.from(part, "base64url").toString("base64url") === part;
}

function parseObject(part: string): Record<string, unknown> | undefined {
  try {
    const bytes = Buffer.from(part, "base64url");
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isAbsentOr(type: string, value: unknown): boolean {
  return value === undefined || typeof value === type;
}

function isAbsentOrTime(value: unknown): boolean {
  return value === undefined || (typeof value === "number" && value >= 0 && value <= LAST_SECOND);
}
