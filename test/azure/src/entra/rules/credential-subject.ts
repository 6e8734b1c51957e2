import type { FederatedIdentityCredential } from "../../world/directory-records.ts";
import type { Assertion } from "./assertion-well-formed.ts";
import { EntraRefusal } from "./entra-refusal.ts";

/**
 * Keeps the credentials for the assertion's subject, compared with case (reference-breaking-changes, August 2024).
 * AADSTS700213, or AADSTS7002138 when only case differs (observed; its full text is unverified).
 */
export function matchSubject(
  credentials: readonly FederatedIdentityCredential[],
  assertion: Assertion,
): readonly FederatedIdentityCredential[] {
  const presented = assertion.subject;
  const matching = credentials.filter(({ subject }) => subject === presented);
  if (matching.length > 0) return matching;
  const differsByCase = credentials.some(
    ({ subject }) => subject.toLowerCase() === presented.toLowerCase(),
  );
  throw new EntraRefusal(
    differsByCase ? 7002138 : 700213,
    401,
    "invalid_client",
    `No matching federated identity record found for presented assertion subject '${presented}'. Please note that ` +
      "matching is done using a case-sensitive comparison. Check your federated identity credential Subject, Audience, " +
      "and Issuer against the presented assertion.",
  );
}
