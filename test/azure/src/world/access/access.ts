import { isVisible } from "../consistency.ts";
import type { RoleAssignment, RoleDefinition } from "../role-records.ts";
import type { World } from "../world.ts";
import { matchesOperation } from "./operation-pattern.ts";
import { conditionAllows, type RoleAssignmentTarget } from "./role-assignment-condition.ts";
import { findRoleDefinition } from "./role-definition.ts";

/** What there is, and when it is. */
type Access = Pick<World, "state" | "clock">;

/** Who asks: a service principal in its tenant. */
interface Principal {
  readonly tenantId: string;
  readonly objectId: string;
}

/** A role that a principal holds, and the condition under which it does. */
export interface HeldRole {
  readonly role: RoleDefinition;
  readonly condition: string | undefined;
}

/**
 * Whether Azure RBAC lets a principal do `operation` at `scope` (a full resource id): some role assignment of its tenant,
 * at the scope or above, whose role lists the operation and does not take it back. No match is a no.
 * (learn.microsoft.com/azure/role-based-access-control/overview, "How Azure RBAC determines if a user has access").
 * `request` describes a role assignment being written or deleted; assignments with a condition on that grant it only
 * when it is given and allowed. Throws NotEmulated for conditions other than delegated role management.
 */
export function isAllowed(
  azure: Access,
  caller: Principal,
  kind: "action" | "dataAction",
  operation: string,
  scope: string,
  request?: RoleAssignmentTarget,
): boolean {
  return rolesAt(azure, caller, scope).some(
    ({ role, condition }) =>
      lists(role, kind, operation) &&
      (condition === undefined || conditionAllows(condition, operation, request)),
  );
}

/** The roles that a principal holds at a scope, assigned there or above. */
export function rolesAt(azure: Access, caller: Principal, scope: string): HeldRole[] {
  return assignmentsOf(azure, caller).flatMap((assignment) => {
    const role = findRoleDefinition(azure.state, caller.tenantId, assignment.roleDefinitionGuid);
    if (role === undefined || !covers(assignment.scope, scope)) return [];
    return [{ role, condition: assignment.condition }];
  });
}

/** Whether a principal holds any role with management actions at a scope, above or below it. */
export function holdsRoleIn(azure: Access, caller: Principal, scope: string): boolean {
  return assignmentsOf(azure, caller).some((assignment) => {
    const role = findRoleDefinition(azure.state, caller.tenantId, assignment.roleDefinitionGuid);
    const related = covers(assignment.scope, scope) || covers(scope, assignment.scope);
    return related && role !== undefined && role.actions.length > 0;
  });
}

function assignmentsOf(azure: Access, { tenantId, objectId }: Principal): RoleAssignment[] {
  return [...azure.state.roleAssignments.values()].filter(
    (assignment) =>
      assignment.tenantId === tenantId &&
      assignment.principalId === objectId &&
      isVisible(azure, assignment),
  );
}

function covers(assigned: string, scope: string): boolean {
  const above = assigned.toLowerCase().replace(/\/$/, "");
  const below = scope.toLowerCase();
  return below === above || below.startsWith(`${above}/`);
}

function lists(role: RoleDefinition, kind: "action" | "dataAction", operation: string): boolean {
  const [granted, taken] =
    kind === "action" ? [role.actions, role.notActions] : [role.dataActions, role.notDataActions];
  return (
    granted.some((pattern) => matchesOperation(pattern, operation)) &&
    !taken.some((pattern) => matchesOperation(pattern, operation))
  );
}
