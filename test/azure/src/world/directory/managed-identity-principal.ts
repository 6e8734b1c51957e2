import { randomUUID } from "node:crypto";
import { replicated } from "../consistency.ts";
import type { ServicePrincipal } from "../directory-records.ts";
import type { World } from "../world.ts";

/** The managed identity a service principal is made for. */
export interface ManagedIdentityPrincipalArgs {
  readonly tenantId: string;
  /** Resource id of the user-assigned identity, or of the host of a system-assigned one. */
  readonly resourceId: string;
  readonly displayName: string;
}

/**
 * Adds the service principal that Entra makes for a managed identity. It has no application: its client id is of no
 * use to register anything with (Microsoft, "How managed identities for Azure resources work").
 */
export function createManagedIdentityPrincipal(
  azure: World,
  args: ManagedIdentityPrincipalArgs,
): ServicePrincipal {
  const userAssigned = /\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\//i;
  const principal: ServicePrincipal = {
    objectId: randomUUID(),
    appId: randomUUID(),
    tenantId: args.tenantId,
    displayName: args.displayName,
    accountEnabled: true,
    servicePrincipalType: "ManagedIdentity",
    graphPermissions: [],
    // Graph shows whether the identity is shared, then its resource id (observed on Azure).
    alternativeNames: [
      `isExplicit=${userAssigned.test(args.resourceId) ? "True" : "False"}`,
      args.resourceId,
    ],
    settings: {},
    createdDateTime: new Date(azure.clock.now()).toISOString(),
    ...replicated(azure),
  };
  azure.state.servicePrincipals.set(principal.objectId, principal);
  return principal;
}

/** Removes a deleted managed identity's service principal. Its role assignments stay behind, as on Azure. */
export function deleteManagedIdentityPrincipal(azure: World, objectId: string): void {
  azure.state.servicePrincipals.delete(objectId);
}
