import type { Azure } from "../../service/azure.ts";
import type { FederatedIdentityCredential } from "../../world/directory-records.ts";
import {
  findVisibleApplication,
  findVisibleServicePrincipal,
} from "../../world/directory/directory.ts";
import { identityCredentials } from "../../world/directory/identity-credentials.ts";

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
export function findTokenClient(
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
