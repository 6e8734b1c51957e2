import type { RoleAssignment } from "../../world/role-records.ts";
import { ManagementError } from "../engine/management-error.ts";
import { isAtOrBelow } from "../engine/scope.ts";
import { filterClauses } from "./filter-clauses.ts";

/**
 * What a list of role assignments at `scope` shows: those at the scope, those it inherits and those below it; with
 * `atScope()` none below, with `principalId eq '<guid>'` or `assignedTo('<guid>')` one principal's only, which is the same
 * where no groups are, and with both joined by `and` those that meet both
 * (https://learn.microsoft.com/azure/role-based-access-control/role-assignments-list-rest). Other filters answer 501.
 */
export function roleAssignmentFilter(
  scope: string,
  filter: string | null,
): (assignment: RoleAssignment) => boolean {
  const clauses = filterClauses(filter);
  const principals = clauses
    .filter((clause) => !isAtScope(clause))
    .map((clause) => principalOf(clause, filter));
  const atScope = clauses.some(isAtScope);
  return (assignment) => {
    const above = isAtOrBelow(scope, assignment.scope);
    const below = isAtOrBelow(assignment.scope, scope);
    return (
      (above || (below && !atScope)) &&
      principals.every((principalId) => assignment.principalId === principalId)
    );
  };
}

function isAtScope(clause: string): boolean {
  return clause.toLowerCase() === "atscope()";
}

function principalOf(clause: string, filter: string | null): string {
  const found = /^(?:principalId eq '([0-9a-f-]{36})'|assignedTo\('([0-9a-f-]{36})'\))$/i.exec(
    clause,
  );
  const principalId = found?.[1] ?? found?.[2];
  if (principalId !== undefined) return principalId.toLowerCase();
  throw new ManagementError(
    501,
    "NotImplemented",
    `the filter "${filter}" on role assignments is not emulated, only atScope(), principalId eq and assignedTo() are`,
  );
}
