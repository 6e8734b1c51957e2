import type { Assertion } from "./assertion-well-formed.ts";
import { EntraRefusal } from "./entra-refusal.ts";

/** Of Entra's own tokens only a managed identity's, which names it in `xms_mirid`, is an assertion (AADSTS700226, observed). */
export function requireManagedIdentity({ claims }: Assertion): void {
  if (typeof claims["xms_mirid"] === "string") return;
  throw new EntraRefusal(
    700226,
    401,
    "invalid_client",
    "Only MSI tokens may be used as Federated Identity Credentials for AAD issuer.",
  );
}
