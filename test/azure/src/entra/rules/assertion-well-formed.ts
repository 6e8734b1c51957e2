import { readJwt, type ReadJwt } from "../../world/tokens/read-jwt.ts";
import { EntraRefusal } from "./entra-refusal.ts";

/** A client assertion, decoded but trusted in nothing until its signature holds. */
export interface Assertion extends ReadJwt {
  readonly token: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
}

/** The assertion is a signed JWT with issuer, subject and one audience (RFC 7523 section 3). AADSTS50027, use unverified. */
export function parseAssertion(token: string): Assertion {
  const read = readJwt(token);
  const { iss, sub, aud } = read?.claims ?? {};
  const audience = Array.isArray(aud) && aud.length === 1 ? aud[0] : aud;
  if (
    read === undefined ||
    iss === undefined ||
    sub === undefined ||
    typeof audience !== "string"
  ) {
    throw new EntraRefusal(50027, 400, "invalid_request", "JWT token is invalid or malformed.");
  }
  return { token, ...read, issuer: iss, subject: sub, audience };
}
