import type { Assertion } from "./assertion-well-formed.ts";
import { EntraRefusal } from "./entra-refusal.ts";

const USER_ASSIGNED = /\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\//i;

/**
 * "Only user-assigned managed identities can be used as a credential"
 * (workload-identity-federation-config-app-trust-managed-identity). What Entra answers to a system-assigned one is not
 * public: the family code AADSTS70021 and its text stand in, unverified.
 */
export function requireUserAssigned({ claims, issuer, subject, audience }: Assertion): void {
  if (typeof claims["xms_mirid"] === "string" && USER_ASSIGNED.test(claims["xms_mirid"])) return;
  throw new EntraRefusal(
    70021,
    401,
    "invalid_client",
    `No matching federated identity record found for presented assertion. Assertion Issuer: '${issuer}'. Assertion ` +
      `Subject: '${subject}'. Assertion Audience: '${audience}'. ` +
      "https://docs.microsoft.com/en-us/azure/active-directory/develop/workload-identity-federation",
  );
}
