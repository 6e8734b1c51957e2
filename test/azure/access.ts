import { conditionAllows, type RoleAssignmentRequest } from "./role-assignment-condition.ts";
import type { RoleDefinition, State } from "./state.ts";

/**
 * Whether Azure RBAC lets a principal do `operation` at `scope` (a full resource id): some role assignment of its tenant,
 * at the scope or above, whose role lists the operation and does not take it back. No match is a no.
 * (learn.microsoft.com/azure/role-based-access-control/overview, "How Azure RBAC determines if a user has access").
 * `request` describes a role assignment being written or deleted; assignments with a condition on that grant it only
 * when it is given and allowed. Throws ConditionNotEmulated for conditions other than delegated role management.
 */
export function isAllowed(
  state: State,
  caller: { readonly tenantId: string; readonly objectId: string },
  kind: "action" | "dataAction",
  operation: string,
  scope: string,
  request?: RoleAssignmentRequest,
): boolean {
  for (const assignment of state.roleAssignments.values()) {
    if (assignment.tenantId !== caller.tenantId) continue;
    if (assignment.principalId !== caller.objectId) continue;
    if (!covers(assignment.scope, scope)) continue;
    const role = state.roleDefinitions.get(assignment.roleDefinitionGuid);
    if (role === undefined || !lists(role, kind, operation)) continue;
    if (assignment.condition === undefined) return true;
    if (conditionAllows(assignment.condition, operation, request)) return true;
  }
  return false;
}

function covers(assigned: string, scope: string): boolean {
  const above = assigned.toLowerCase().replace(/\/$/, "");
  const below = scope.toLowerCase();
  return below === above || below.startsWith(`${above}/`);
}

function lists(role: RoleDefinition, kind: "action" | "dataAction", operation: string): boolean {
  const [granted, taken] =
    kind === "action" ? [role.actions, role.notActions] : [role.dataActions, role.notDataActions];
  return granted.some((p) => matches(p, operation)) && !taken.some((p) => matches(p, operation));
}

/** `*` stands for any characters, slashes included; case never matters. */
function matches(pattern: string, operation: string): boolean {
  const escaped = pattern.split("*").map((part) => part.replace(/[.\\+?^${}()|[\]]/g, "\\$&"));
  return new RegExp(`^${escaped.join(".*")}$`, "i").test(operation);
}
