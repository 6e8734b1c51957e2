import { type Clock, epochSeconds } from "../../world/clock.ts";
import { readJwt, type ReadJwt } from "../../world/tokens/read-jwt.ts";
import { EntraError } from "./errors.ts";

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
    throw new EntraError(50027, 400, "invalid_request", "JWT token is invalid or malformed.");
  }
  return { token, ...read, issuer: iss, subject: sub, audience };
}

/** An Entra token used as an assertion is a v2.0 one (AADSTS700227, observed; its full text is unverified). */
export function requireVersionTwo({ claims }: Assertion): void {
  if (claims["ver"] === "2.0") return;
  throw new EntraError(
    700227,
    401,
    "invalid_client",
    "Forbidden token audience. Only v2.0 tokens may be used as Federated Identity Credentials for AAD issuer.",
  );
}

/** The assertion is within `nbf` and `exp` (RFC 7523 section 3). AADSTS700024, text observed, its status unverified. */
export function requireValidTime(clock: Clock, { claims }: Assertion): void {
  const now = epochSeconds(clock);
  const { nbf = 0, exp = 0 } = claims;
  if (nbf <= now && now < exp) return;
  throw new EntraError(
    700024,
    401,
    "invalid_client",
    `Client assertion is not within its valid time range. Current time: ${time(clock.now())}, assertion valid from ` +
      `${time(nbf * 1000)}, expiry time of assertion ${time(exp * 1000)}. Review the documentation at ` +
      "https://learn.microsoft.com/entra/identity-platform/certificate-credentials .",
  );
}

/** Entra prints seven digits of a second. */
function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace("Z", "0000Z");
}

/** No user's token stands in for an application (AADSTS700229, text observed). */
export function requireAppOnly({ claims }: Assertion): void {
  if (claims["idtyp"] === "app") return;
  throw new EntraError(
    700229,
    401,
    "invalid_client",
    "Forbidden token type. Only app-only tokens may be used as Federated Identity Credentials for AAD issuer.",
  );
}

/** Of Entra's own tokens only a managed identity's, which names it in `xms_mirid`, is an assertion (AADSTS700226, observed). */
export function requireManagedIdentity({ claims }: Assertion): void {
  if (typeof claims["xms_mirid"] === "string") return;
  throw new EntraError(
    700226,
    401,
    "invalid_client",
    "Only MSI tokens may be used as Federated Identity Credentials for AAD issuer.",
  );
}

const USER_ASSIGNED = /\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\//i;

/**
 * "Only user-assigned managed identities can be used as a credential"
 * (workload-identity-federation-config-app-trust-managed-identity). What Entra answers to a system-assigned one is not
 * public: the family code AADSTS70021 and its text stand in, unverified.
 */
export function requireUserAssigned({ claims, issuer, subject, audience }: Assertion): void {
  if (typeof claims["xms_mirid"] === "string" && USER_ASSIGNED.test(claims["xms_mirid"])) return;
  throw new EntraError(
    70021,
    401,
    "invalid_client",
    `No matching federated identity record found for presented assertion. Assertion Issuer: '${issuer}'. Assertion ` +
      `Subject: '${subject}'. Assertion Audience: '${audience}'. ` +
      "https://docs.microsoft.com/en-us/azure/active-directory/develop/workload-identity-federation",
  );
}

/**
 * Federation does not chain: a token that itself came from a federated credential, marked by `xms_ficinfo`, is no assertion
 * (AADSTS700231, observed; its exact text is unverified).
 */
export function requireNotFederated({ claims }: Assertion): void {
  if (claims["xms_ficinfo"] === undefined) return;
  throw new EntraError(
    700231,
    401,
    "invalid_client",
    "Token obtained using another federated identity credential may not be used as federated identity credential.",
  );
}
