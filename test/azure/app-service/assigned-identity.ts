import { isJsonObject, objectField } from "../resource-manager/json-object.ts";
import type { Resource, ServicePrincipal, State } from "../state.ts";

/** A request for a token that the identity endpoint refuses with 400; the message is Azure's. */
export class IdentityRefused extends Error {}

/**
 * The service principal of the identity that a token request selects by client_id, principal_id (or object_id) or
 * mi_res_id, among those assigned to the site; without a selector it is the system-assigned one, never a user-assigned
 * one (https://learn.microsoft.com/azure/app-service/overview-managed-identity). Throws IdentityRefused.
 */
export function assignedIdentity(
  state: State,
  site: Resource,
  query: URLSearchParams,
): ServicePrincipal {
  const selectors = ["client_id", "principal_id", "object_id", "mi_res_id"].filter((name) =>
    query.has(name),
  );
  const [selector, another] = selectors;
  if (another !== undefined)
    // Azure's text is not known.
    throw new IdentityRefused(
      `The parameters '${selector}' and '${another}' are mutually exclusive.`,
    );
  if (selector === undefined) return systemAssigned(state, site);
  const wanted = (query.get(selector) ?? "").toLowerCase();
  const found = userAssigned(state, site).find(({ resourceId, principal }) =>
    [
      selector === "client_id" && principal.appId,
      selector === "mi_res_id" && resourceId,
      (selector === "principal_id" || selector === "object_id") && principal.objectId,
    ].some((value) => value && value.toLowerCase() === wanted),
  );
  if (found !== undefined) return found.principal;
  throw new IdentityRefused(
    "No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.",
  );
}

function systemAssigned(state: State, { identity }: Resource): ServicePrincipal {
  const principalId = isJsonObject(identity) ? identity["principalId"] : undefined;
  const principal = state.servicePrincipals.get(String(principalId));
  if (principal !== undefined) return principal;
  throw new IdentityRefused("Unable to load the proper Managed Identity.");
}

/** Identities that were deleted are still listed at the site but have no service principal any more. */
function userAssigned(
  state: State,
  { identity }: Resource,
): { resourceId: string; principal: ServicePrincipal }[] {
  const assigned = isJsonObject(identity) ? objectField(identity, "userAssignedIdentities") : {};
  return Object.keys(assigned).flatMap((resourceId) => {
    const resource = state.resources.get(resourceId.toLowerCase());
    const principal = state.servicePrincipals.get(String(resource?.properties["principalId"]));
    return principal === undefined ? [] : [{ resourceId, principal }];
  });
}
