import {
  decodeJwt,
  decodeProtectedHeader,
  type JWTPayload,
  type ProtectedHeaderParameters,
} from "jose";
import { EntraRefusal } from "../entra-refusal.ts";

/** A client assertion, decoded but trusted in nothing until its signature holds. */
export interface Assertion {
  readonly token: string;
  readonly header: ProtectedHeaderParameters;
  readonly claims: JWTPayload;
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
}

/** The assertion is a signed JWT with issuer, subject and one audience (RFC 7523 section 3). AADSTS50027, use unverified. */
export function parseAssertion(token: string): Assertion {
  const decoded = decode(token);
  const { iss, sub, aud } = decoded?.claims ?? {};
  const audience = Array.isArray(aud) && aud.length === 1 ? aud[0] : aud;
  if (
    decoded === undefined ||
    typeof iss !== "string" ||
    typeof sub !== "string" ||
    typeof audience !== "string"
  ) {
    throw new EntraRefusal(50027, 400, "invalid_request", "JWT token is invalid or malformed.");
  }
  return { token, ...decoded, issuer: iss, subject: sub, audience };
}

function decode(token: string) {
  try {
    return { header: decodeProtectedHeader(token), claims: decodeJwt(token) };
  } catch {
    return undefined;
  }
}
