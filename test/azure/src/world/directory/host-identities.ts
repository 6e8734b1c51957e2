import { isJsonObject, objectField } from "../../base/json.ts";
import type { ServicePrincipal } from "../directory-records.ts";
import type { Resource } from "../resource-records.ts";
import type { State } from "../state.ts";

/** A user-assigned identity of a host, and the service principal behind it. */
export interface UserAssignedIdentity {
  readonly resourceId: string;
  readonly principal: ServicePrincipal;
}

/** The service principal of a host's system-assigned identity; undefined when that is not enabled. */
export function systemAssigned(state: State, { identity }: Resource): ServicePrincipal | undefined {
  const principalId = isJsonObject(identity) ? identity["principalId"] : undefined;
  return state.servicePrincipals.get(String(principalId));
}

/**
 * A host's user-assigned identities. Deleted ones are still listed at the host but have no service principal any more, also
 * when one of the same name was made since: that is another one, to be assigned again
 * (entra/identity/managed-identities-azure-resources/manage-user-assigned-managed-identities-azure-portal, "Delete a
 * user-assigned managed identity"; that the host has no token before it is assigned again is unverified).
 */
export function userAssigned(state: State, { identity }: Resource): UserAssignedIdentity[] {
  const assigned = isJsonObject(identity) ? objectField(identity, "userAssignedIdentities") : {};
  return Object.entries(assigned).flatMap(([resourceId, held]) => {
    const principalId = isJsonObject(held) ? held["principalId"] : undefined;
    const principal = state.servicePrincipals.get(String(principalId));
    return principal === undefined ? [] : [{ resourceId, principal }];
  });
}
