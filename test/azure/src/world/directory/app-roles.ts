import { isVisible } from "../consistency.ts";
import type { AppRole, AppRoleAssignment, ServicePrincipal } from "../directory-records.ts";
import type { State } from "../state.ts";
import type { World } from "../world.ts";
import { findApplication } from "./lookup.ts";

/**
 * The roles of a service principal's API. In its own tenant they are the application's; in another they stay as they were
 * when the service principal was made, because changes of an application reach its own tenant only
 * (entra/identity-platform/app-objects-and-service-principals, "Consequences of modifying and deleting applications").
 */
export function appRolesOf(state: State, principal: ServicePrincipal): readonly AppRole[] {
  if (principal.appRoles !== undefined) return principal.appRoles;
  const application = findApplication(state, principal.appId);
  return application?.tenantId === principal.tenantId ? (application.appRoles ?? []) : [];
}

/** What was assigned between two service principals that others see, in the order in which it was. */
export function assignmentsBetween(
  azure: Pick<World, "state" | "clock">,
  client: ServicePrincipal,
  resource: ServicePrincipal,
): AppRoleAssignment[] {
  return [...azure.state.appRoleAssignments.values()].filter(
    (each) =>
      each.principalId === client.objectId &&
      each.resourceId === resource.objectId &&
      isVisible(azure, each),
  );
}

/**
 * The `roles` of a client's tokens for an API: the values of the roles that it was assigned
 * (entra/identity-platform/access-token-claims-reference, `roles`), also of those that were disabled since
 * (entra/identity-platform/howto-add-app-roles-in-apps, "App roles UI").
 */
export function grantedRoles(
  azure: Pick<World, "state" | "clock">,
  client: ServicePrincipal,
  resource: ServicePrincipal,
): string[] {
  const assigned = assignmentsBetween(azure, client, resource).map(({ appRoleId }) => appRoleId);
  return appRolesOf(azure.state, resource).flatMap(({ id, value }) =>
    value !== null && assigned.includes(id) ? [value] : [],
  );
}
