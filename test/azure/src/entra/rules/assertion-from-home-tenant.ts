import type { KnownIssuer } from "./assertion-issuer-known.ts";
import { EntraRefusal } from "./entra-refusal.ts";
import type { TokenClient } from "./token-client.ts";

/**
 * A managed identity and the client that trusts it are registered in the same tenant
 * (workload-identity-federation-config-app-trust-managed-identity). Refused even where issuer and subject match:
 * AADSTS700236, text observed.
 */
export function requireHomeTenant(
  { tenantId }: KnownIssuer,
  client: TokenClient,
  issuer: string,
): void {
  if (tenantId === client.tenantId) return;
  throw new EntraRefusal(
    700236,
    401,
    "invalid_client",
    `Entra ID tokens issued by issuer '${issuer}' may not be used for federated identity credential flows for ` +
      "applications or managed identities registered in this tenant.",
  );
}
