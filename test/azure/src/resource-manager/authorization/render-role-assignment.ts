import type { JsonObject } from "../../base/json.ts";
import type { RoleAssignment } from "../../world/role-records.ts";

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
