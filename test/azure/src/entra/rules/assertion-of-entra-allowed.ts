import { EntraRefusal } from "./entra-refusal.ts";
import type { TokenClient } from "./token-client.ts";

/**
 * Entra's own tokens are assertions of applications only, never of a managed identity (AADSTS700222, text observed; its status
 * and that it is still what a managed identity meets are unverified; learn.microsoft.com/entra/workload-id/
 * workload-identity-federation-considerations, "Unsupported scenarios").
 */
export function requireEntraAllowed({ isManagedIdentity }: TokenClient): void {
  if (!isManagedIdentity) return;
  throw new EntraRefusal(
    700222,
    401,
    "invalid_client",
    "AAD-issued tokens may not be used for federated identity flows.",
  );
}
