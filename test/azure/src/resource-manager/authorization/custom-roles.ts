import {
  customRoleKey,
  findRoleDefinition,
  isBuiltIn,
  roleDefinitionsOf,
} from "../../world/access/role-definition.ts";
import type { RoleDefinition } from "../../world/role-records.ts";
import { authorizeLinked } from "../engine/authorize.ts";
import { ManagementError } from "../engine/errors.ts";
import type { ManagementRequest } from "../engine/operation.ts";
import { assignableScopes, renderRoleDefinition } from "./render.ts";
import { readCustomRole } from "./role-definition-body.ts";

const type = "Microsoft.Authorization/roleDefinitions";

/** Creates a custom role or writes it again: 201 either way (rest/api/authorization/role-definitions/create-or-update). */
export function putCustomRole(request: ManagementRequest): Response {
  const { azure, tenant, param } = request;
  const existing = findOwn(request);
  const role = readCustomRole(request, existing);
  authorizeScopes(request, `${type}/write`, [existing, role]);
  refuseNameInUse(request, role);
  azure.state.roleDefinitions.set(customRoleKey(tenant.tenantId, role.id.slice(-36)), role);
  return Response.json(renderRoleDefinition(param("scope"), role), { status: 201 });
}

/** 200 with the role that was, 204 when there was none. */
export function deleteCustomRole(request: ManagementRequest): Response {
  const { azure, tenant, param } = request;
  const role = findOwn(request);
  if (role === undefined) return new Response(null, { status: 204 });
  authorizeScopes(request, `${type}/delete`, [role]);
  const guid = role.id.slice(-36);
  const isAssigned = [...azure.state.roleAssignments.values()].some(
    ({ tenantId, roleDefinitionGuid }) =>
      tenantId === tenant.tenantId && roleDefinitionGuid === guid,
  );
  if (isAssigned)
    // The status is unverified.
    throw new ManagementError(
      400,
      "RoleDefinitionHasAssignments",
      "There are existing role assignments referencing role.",
    );
  azure.state.roleDefinitions.delete(customRoleKey(tenant.tenantId, guid));
  return Response.json(renderRoleDefinition(param("scope"), role));
}

/** The custom role that the path names. Throws for a built-in one; code and text of that refusal are unverified. */
function findOwn({ azure, tenant, param }: ManagementRequest): RoleDefinition | undefined {
  const role = findRoleDefinition(azure.state, tenant.tenantId, param("roleDefinitionId"));
  if (role === undefined || !isBuiltIn(role)) return role;
  throw new ManagementError(
    403,
    "RoleDefinitionUpdateNotPermitted",
    `The role definition '${role.roleName}' is built in and cannot be changed or deleted.`,
  );
}

/**
 * Who writes or deletes a custom role needs the permission at every scope where it can be assigned
 * (learn.microsoft.com/azure/role-based-access-control/custom-roles, "Who can create, delete, update, or view a custom role").
 */
function authorizeScopes(
  { azure, caller, id }: ManagementRequest,
  action: string,
  roles: readonly (RoleDefinition | undefined)[],
): void {
  const scopes = roles.flatMap((role) => (role === undefined ? [] : assignableScopes(role)));
  for (const scope of new Set(scopes))
    authorizeLinked(azure, caller, action, id, { action, scope });
}

/** Names are unique in the directory, case ignored, those of the built-in roles included. */
function refuseNameInUse({ azure, tenant }: ManagementRequest, wanted: RoleDefinition): void {
  const name = wanted.roleName.toLowerCase();
  const isTaken = roleDefinitionsOf(azure.state, tenant.tenantId).some(
    ({ id, roleName }) => roleName.toLowerCase() === name && id.slice(-36) !== wanted.id.slice(-36),
  );
  if (!isTaken) return;
  throw new ManagementError(
    409,
    "RoleDefinitionWithSameNameExists",
    "A role definition cannot be updated with a name that already exists.",
  );
}
