import type { RoleDefinition, State, Tenant } from "../state.ts";
import { ManagementError } from "./management-error.ts";
import type { ManagementRequest, Operation } from "./operation.ts";
import { renderRoleDefinition } from "./render-role-definition.ts";
import { roleDefinitionFilter } from "./role-definition-filter.ts";

const type = "Microsoft.Authorization/roleDefinitions";
const root = `/providers/${type}`;

/**
 * Role definitions (https://learn.microsoft.com/rest/api/authorization/role-definitions). At the root, where no subscription
 * is named, are the built-in roles, and every caller may read them; that no permission is needed there is unverified.
 */
export const roleDefinitionOperations: Operation[] = [
  {
    method: "GET",
    path: `{scope}${root}`,
    action: `${type}/read`,
    handle: (request) => list(request, request.param("scope")),
  },
  {
    method: "GET",
    path: `{scope}${root}/{roleDefinitionId}`,
    action: `${type}/read`,
    handle: (request) => get(request, request.param("scope")),
  },
  { method: "GET", path: root, action: null, handle: (request) => list(request, "") },
  {
    method: "GET",
    path: `${root}/{roleDefinitionId}`,
    action: null,
    handle: (request) => get(request, ""),
  },
];

/** The role with this GUID, built in or the tenant's own. Throws RoleDefinitionDoesNotExist. */
export function requireRoleDefinition(state: State, tenant: Tenant, guid: string): RoleDefinition {
  const role = state.roleDefinitions.get(guid);
  if (role !== undefined && isAvailable(role, tenant.subscriptionId)) return role;
  throw doesNotExist(guid);
}

function list({ azure, tenant, query }: ManagementRequest, scope: string): Response {
  const matches = roleDefinitionFilter(query.get("$filter"));
  const definitions = [...azure.state.roleDefinitions].filter(
    ([, role]) => isVisible(role, tenant, scope) && matches(role),
  );
  const value = definitions.map(([guid, role]) => renderRoleDefinition(scope, guid, role));
  return Response.json({ value });
}

function get({ azure, tenant, param }: ManagementRequest, scope: string): Response {
  const guid = param("roleDefinitionId").toLowerCase();
  const role = requireRoleDefinition(azure.state, tenant, guid);
  if (!isVisible(role, tenant, scope)) throw doesNotExist(guid);
  return Response.json(renderRoleDefinition(scope, guid, role));
}

function isVisible(role: RoleDefinition, { subscriptionId }: Tenant, scope: string): boolean {
  return isAvailable(role, scope === "" ? "" : subscriptionId);
}

/** Custom roles belong to one tenant (role-based-access-control/custom-roles); their ids start with its subscription. */
function isAvailable({ id }: RoleDefinition, subscriptionId: string): boolean {
  return id.startsWith("/providers/") || id.startsWith(`/subscriptions/${subscriptionId}/`);
}

function doesNotExist(guid: string): ManagementError {
  return new ManagementError(
    404,
    "RoleDefinitionDoesNotExist",
    `The specified role definition with ID '${guid}' does not exist.`,
  );
}
