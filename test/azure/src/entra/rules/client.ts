import type { Azure } from "../../service/azure.ts";
import type {
  FederatedIdentityCredential,
  ServicePrincipal,
} from "../../world/directory-records.ts";
import { identityCredentials } from "../../world/directory/identity-credentials.ts";
import {
  findVisibleApplication,
  findVisibleServicePrincipal,
} from "../../world/directory/lookup.ts";
import { EntraError } from "./errors.ts";

/** Who proves itself by a federated identity credential: an application, or a managed identity. */
export interface TokenClient {
  readonly appId: string;
  readonly displayName: string;
  /** Where it is registered. */
  readonly tenantId: string;
  readonly isManagedIdentity: boolean;
  readonly credentials: readonly FederatedIdentityCredential[];
}

/**
 * The application or managed identity with a client id that may ask a tenant for a token: one of this tenant, or a
 * multitenant application of another (learn.microsoft.com/entra/identity-platform/single-and-multi-tenant-apps).
 */
function findTokenClient(
  azure: Azure,
  clientId: string,
  tenantId: string,
): TokenClient | undefined {
  const application = findVisibleApplication(azure, clientId);
  const identity = findVisibleServicePrincipal(azure, tenantId, clientId);
  if (application === undefined && identity?.servicePrincipalType === "ManagedIdentity") {
    const { appId, displayName, alternativeNames } = identity;
    const credentials = identityCredentials(azure.state, alternativeNames.at(-1) ?? "");
    return { appId, displayName, tenantId, isManagedIdentity: true, credentials };
  }
  const usable =
    application?.tenantId === tenantId || application?.signInAudience === "AzureADMultipleOrgs";
  if (application === undefined || !usable) return undefined;
  const credentials = [...application.federatedIdentityCredentials.values()];
  return { ...application, isManagedIdentity: false, credentials };
}

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
  throw new EntraError(
    700016,
    400,
    "unauthorized_client",
    `Application with identifier '${clientId}' was not found in the directory '${tenantId}'. This can happen if the ` +
      "application has not been installed by the administrator of the tenant or consented to by any user in the tenant. " +
      "You may have sent your authentication request to the wrong tenant.",
  );
}

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
  throw new EntraError(
    7000229,
    401,
    "invalid_client",
    `The client application ${appId} is missing service principal in the tenant ${tenantId}. See instructions here: ` +
      "https://go.microsoft.com/fwlink/?linkid=2225119",
  );
}

/**
 * A disabled service principal gets no token: `accountEnabled: false` is the tenant's own kill switch
 * (Microsoft Entra error codes reference, AADSTS7000112; `unauthorized_client` observed, its status unverified).
 */
export function requireEnabled(principal: ServicePrincipal): void {
  if (principal.accountEnabled) return;
  throw new EntraError(
    7000112,
    400,
    "unauthorized_client",
    `Application '${principal.appId}'(${principal.displayName}) is disabled.`,
  );
}
