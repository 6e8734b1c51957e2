import type { Azure } from "../../service/azure.ts";
import type { ServicePrincipal } from "../../world/directory-records.ts";
import { findVisibleServicePrincipal } from "../../world/directory/directory.ts";
import { EntraRefusal } from "./entra-refusal.ts";
import type { TokenClient } from "./token-client.ts";

/**
 * The client has a service principal in the tenant that is asked for a token
 * (create-service-principal-cross-tenant). AADSTS7000229, status and text observed.
 */
export function requireServicePrincipal(
  azure: Azure,
  { appId }: TokenClient,
  tenantId: string,
): ServicePrincipal {
  const principal = findVisibleServicePrincipal(azure, tenantId, appId);
  if (principal !== undefined) return principal;
  throw new EntraRefusal(
    7000229,
    401,
    "invalid_client",
    `The client application ${appId} is missing service principal in the tenant ${tenantId}. See instructions here: ` +
      "https://go.microsoft.com/fwlink/?linkid=2225119",
  );
}
