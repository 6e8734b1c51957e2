import type { FederatedIdentityCredential } from "../../world/directory-records.ts";
import type { Assertion } from "./assertion-well-formed.ts";
import { EntraRefusal } from "./entra-refusal.ts";

/** Keeps the credentials that trust the assertion's issuer, compared with case (AADSTS700211, observed). */
export function matchIssuer(
  credentials: readonly FederatedIdentityCredential[],
  assertion: Assertion,
): readonly FederatedIdentityCredential[] {
  const matching = credentials.filter(({ issuer }) => issuer === assertion.issuer);
  if (matching.length > 0) return matching;
  throw new EntraRefusal(
    700211,
    401,
    "invalid_client",
    `No matching federated identity record found for presented assertion issuer '${assertion.issuer}'. Please check ` +
      "your federated identity credential Subject, Audience and Issuer against the presented assertion. " +
      "https://docs.microsoft.com/en-us/azure/active-directory/develop/workload-identity-federation",
  );
}
