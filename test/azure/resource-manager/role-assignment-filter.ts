import type { RoleAssignment } from "../state.ts";
import { ManagementError } from "./management-error.ts";

/**
 * What a list of role assignments at `scope` shows: those at the scope, those it inherits and those below it; with
 * `atScope()` none below, with `principalId eq '<guid>'` one principal's only
 * (https://learn.microsoft.com/azure/role-based-access-control/role-assignments-list-rest). Other filters answer 501.
 */
export function roleAssignmentFilter(
  scope: string,
  filter: string | null,
): (assignment: RoleAssignment) => boolean {
  const principal = /^(?:principalId eq|assignedTo\() ?'([0-9a-f-]{36})'\)?$/i.exec(
    filter ?? "",
  )?.[1];
  const atScope = /^atScope\(\)$/i.test(filter ?? "");
  if (filter !== null && filter !== "" && principal === undefined && !atScope)
    throw new ManagementError(
      501,
      "NotImplemented",
      `the filter "${filter}" on role assignments is not emulated, only atScope() and principalId eq are`,
    );
  return (assignment) => {
    const above = isAtOrBelow(scope, assignment.scope);
    const below = isAtOrBelow(assignment.scope, scope);
    return (
      (above || (below && !atScope)) &&
      (principal === undefined || assignment.principalId === principal.toLowerCase())
    );
  };
}

function isAtOrBelow(scope: string, upper: string): boolean {
  return `${scope}/`.toLowerCase().startsWith(`${upper}/`.toLowerCase());
}
