import type { JsonObject } from "../../base/json.ts";
import { isBuiltIn } from "../../world/access/role-definition.ts";
import type { RoleAssignment, RoleDefinition } from "../../world/role-records.ts";

/** A role assignment with what Resource Manager keeps of it and access does not depend on. The seeded ones have none of it. */
export interface DescribedRoleAssignment extends RoleAssignment {
  readonly description?: string;
  /** ISO 8601. */
  readonly createdOn?: string;
  readonly updatedOn?: string;
  /** Object ids. */
  readonly createdBy?: string;
  readonly updatedBy?: string;
}

/** A role assignment as Resource Manager answers it. */
export function renderRoleAssignment(assignment: DescribedRoleAssignment): JsonObject {
  const { id, scope, principalId, principalType, roleDefinitionGuid, condition } = assignment;
  const subscription = scope.split("/").slice(0, 3).join("/");
  return {
    id,
    name: id.slice(id.lastIndexOf("/") + 1),
    type: "Microsoft.Authorization/roleAssignments",
    properties: {
      roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${roleDefinitionGuid}`,
      principalId,
      principalType,
      scope,
      condition: condition ?? null,
      conditionVersion: condition === undefined ? null : "2.0",
      description: assignment.description ?? null,
      createdOn: assignment.createdOn ?? null,
      updatedOn: assignment.updatedOn ?? null,
      createdBy: assignment.createdBy ?? null,
      updatedBy: assignment.updatedBy ?? null,
      delegatedManagedIdentityResourceId: null,
    },
  };
}

/** A role definition with what Resource Manager keeps of it and access does not depend on. The seeded ones have none of it. */
export interface DescribedRoleDefinition extends RoleDefinition {
  readonly description?: string;
  /** ISO 8601. */
  readonly createdOn?: string;
  readonly updatedOn?: string;
  /** Object ids. */
  readonly createdBy?: string;
  readonly updatedBy?: string;
}

/** A role definition as Resource Manager answers it at a scope, empty for the root. */
export function renderRoleDefinition(scope: string, role: DescribedRoleDefinition): JsonObject {
  const { roleName, actions, notActions, dataActions, notDataActions } = role;
  const subscription = scope.split("/").slice(0, 3).join("/");
  const name = role.id.slice(role.id.lastIndexOf("/") + 1);
  return {
    id: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${name}`,
    name,
    type: "Microsoft.Authorization/roleDefinitions",
    properties: {
      roleName,
      type: isBuiltIn(role) ? "BuiltInRole" : "CustomRole",
      description: role.description ?? "",
      permissions: [{ actions, notActions, dataActions, notDataActions }],
      assignableScopes: assignableScopes(role),
      createdOn: role.createdOn ?? SINCE,
      updatedOn: role.updatedOn ?? SINCE,
      createdBy: role.createdBy ?? null,
      updatedBy: role.updatedBy ?? null,
    },
  };
}

/** When the first built-in roles came (recorded for Reader); of roles that nobody here wrote. */
const SINCE = "2015-02-02T21:55:09.8806423Z";

/** Where a role can be assigned, or below: everywhere for a built-in one, the whole subscription where a custom one has no list. */
export function assignableScopes(role: RoleDefinition): readonly string[] {
  if (isBuiltIn(role)) return ["/"];
  return role.assignableScopes ?? [role.id.split("/").slice(0, 3).join("/")];
}
