import type { Replicated } from "./consistency.ts";

/** A role of Azure RBAC, built-in or custom. */
export interface RoleDefinition {
  readonly id: string;
  readonly roleName: string;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
  /** Where a custom role can be assigned, besides below. @default the subscription in its id */
  readonly assignableScopes?: readonly string[];
}

/** A role that a principal holds at a scope. */
export interface RoleAssignment extends Replicated {
  /** Full resource id, `<scope>/providers/Microsoft.Authorization/roleAssignments/<guid>`. */
  readonly id: string;
  readonly tenantId: string;
  readonly scope: string;
  readonly principalId: string;
  readonly principalType: string;
  /** The role definition's GUID. */
  readonly roleDefinitionGuid: string;
  readonly condition?: string;
}
