import {
  findRoleDefinition,
  isBuiltIn,
  roleDefinitionsOf,
} from "../../world/access/role-definition.ts";
import type { Tenant } from "../../world/directory-records.ts";
import type { RoleDefinition } from "../../world/role-records.ts";
import type { State } from "../../world/state.ts";
import { ManagementError } from "../engine/errors.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";
import { deleteCustomRole, putCustomRole } from "./custom-roles.ts";
import { isAssignable, roleDefinitionFilter } from "./filters.ts";
import { assignableScopes, renderRoleDefinition } from "./render.ts";

const type = "Microsoft.Authorization/roleDefinitions";
const root = `/providers/${type}`;
const path = `{scope}${root}/{roleDefinitionId}`;

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
    path,
    action: `${type}/read`,
    handle: (request) => get(request, request.param("scope")),
  },
  { method: "PUT", path, action: `${type}/write`, handle: putCustomRole },
  { method: "DELETE", path, action: `${type}/delete`, handle: deleteCustomRole },
  { method: "GET", path: root, action: null, handle: (request) => list(request, "") },
  {
    method: "GET",
    path: `${root}/{roleDefinitionId}`,
    action: null,
    handle: (request) => get(request, ""),
  },
];

/**
 * The role with this GUID, built in or the tenant's own, that can be assigned at a scope. Throws RoleDefinitionDoesNotExist;
 * that Azure says so too of a custom role that can be assigned elsewhere only is unverified.
 */
export function requireAssignableRole(
  state: State,
  { tenantId }: Tenant,
  guid: string,
  scope: string,
): RoleDefinition {
  const role = findRoleDefinition(state, tenantId, guid);
  const scopes = role === undefined ? [] : assignableScopes(role);
  if (role !== undefined && scopes.some((assignable) => isAssignable(scope, assignable)))
    return role;
  throw doesNotExist(guid);
}

function list({ azure, tenant, query }: ManagementRequest, scope: string): Response {
  const matches = roleDefinitionFilter(scope, query.get("$filter"));
  const definitions = roleDefinitionsOf(azure.state, tenant.tenantId).filter(matches);
  return Response.json({ value: definitions.map((role) => renderRoleDefinition(scope, role)) });
}

function get({ azure, tenant, param }: ManagementRequest, scope: string): Response {
  const guid = param("roleDefinitionId").toLowerCase();
  const role = findRoleDefinition(azure.state, tenant.tenantId, guid);
  if (role === undefined || (scope === "" && !isBuiltIn(role))) throw doesNotExist(guid);
  return Response.json(renderRoleDefinition(scope, role));
}

function doesNotExist(guid: string): ManagementError {
  return new ManagementError(
    404,
    "RoleDefinitionDoesNotExist",
    `The specified role definition with ID '${guid}' does not exist.`,
  );
}
