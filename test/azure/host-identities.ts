import { isJsonObject, objectField } from "./resource-manager/json-object.ts";
import type { Resource, ServicePrincipal, State } from "./state.ts";

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

/** A host's user-assigned identities. Deleted ones are still listed at the host but have no service principal any more. */
export function userAssigned(state: State, { identity }: Resource): UserAssignedIdentity[] {
  const assigned = isJsonObject(identity) ? objectField(identity, "userAssignedIdentities") : {};
  return Object.keys(assigned).flatMap((resourceId) => {
    const resource = state.resources.get(resourceId.toLowerCase());
    const principal = state.servicePrincipals.get(String(resource?.properties["principalId"]));
    return principal === undefined ? [] : [{ resourceId, principal }];
  });
}
