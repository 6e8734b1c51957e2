import { isJsonObject } from "../../base/json.ts";
import type { Azure } from "../../service/azure.ts";
import type { SiteHost } from "../../service/site-host.ts";
import { deleteManagedIdentityPrincipal } from "../../world/directory/managed-identity-principal.ts";
import type { Resource } from "../../world/resource-records.ts";
import { softDeleteVault } from "../../world/resources/vaults.ts";
import { isAtOrBelow } from "./scope.ts";

/**
 * Deletes a resource with everything that lives by it: what is nested in it, role assignments at or below it, the
 * service principal of a managed identity, the process of a site. Blobs go with their container: the storage service
 * serves no container that Resource Manager does not know.
 */
export async function deleteResource(
  azure: Azure,
  siteHost: SiteHost,
  resource: Resource,
): Promise<void> {
  const { state } = azure;
  const prefix = `${resource.id.toLowerCase()}/`;
  const nested = [...state.resources].filter(([id]) => id.startsWith(prefix));
  for (const deleted of [...nested.map(([, nestedResource]) => nestedResource), resource]) {
    const principalId = ownPrincipal(deleted);
    if (principalId !== undefined) deleteManagedIdentityPrincipal(azure, principalId);
    if (deleted.type === "Microsoft.KeyVault/vaults") softDeleteVault(azure, deleted);
    state.resources.delete(deleted.id.toLowerCase());
    for (const [id, { scope }] of state.roleAssignments)
      if (isAtOrBelow(scope, deleted.id)) state.roleAssignments.delete(id);
    // Last, because it takes its time, in which nobody may read the site or write it again to lose it.
    if (deleted.type === "Microsoft.Web/sites") await siteHost.removeSite(deleted.id);
  }
}

/** The service principal that was created with the resource: a user-assigned identity's, or a host's system-assigned one. */
function ownPrincipal({ type, properties, identity }: Resource): string | undefined {
  const holder =
    type === "Microsoft.ManagedIdentity/userAssignedIdentities" ? properties : identity;
  if (!isJsonObject(holder)) return undefined;
  return typeof holder["principalId"] === "string" ? holder["principalId"] : undefined;
}
