import type { Azure } from "../../service/azure.ts";
import { EntraRefusal } from "./entra-refusal.ts";
import { findTokenClient, type TokenClient } from "./token-client.ts";

/**
 * The client is an application of this tenant, a multitenant one of another, or a managed identity of this tenant.
 * AADSTS700016, text observed; that a single-tenant application or a managed identity elsewhere is reported so is unverified.
 */
export function requireUsableApplication(
  azure: Azure,
  clientId: string,
  tenantId: string,
): TokenClient {
  const client = findTokenClient(azure, clientId, tenantId);
  if (client !== undefined) return client;
  throw new EntraRefusal(
    700016,
    400,
    "unauthorized_client",
    `Application with identifier '${clientId}' was not found in the directory '${tenantId}'. This can happen if the ` +
      "application has not been installed by the administrator of the tenant or consented to by any user in the tenant. " +
      "You may have sent your authentication request to the wrong tenant.",
  );
}
