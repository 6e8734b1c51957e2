import { isBuiltIn } from "../../world/access/role-definition.ts";
import type { RoleDefinition } from "../../world/role-records.ts";
import { ManagementError } from "../engine/management-error.ts";
import { isAtOrBelow } from "../engine/scope.ts";
import { filterClauses } from "./filter-clauses.ts";
import { assignableScopes } from "./render-role-definition.ts";

type Matches = (role: RoleDefinition) => boolean;

/**
 * What a list of role definitions at `scope` shows: those that can be assigned there, with `atScopeAndBelow()` also those that
 * can be assigned somewhere below, of one name with `roleName eq`, of one kind with `type eq`, joined by `and`
 * (learn.microsoft.com/azure/role-based-access-control/role-definitions-list, REST API). Other filters answer 501.
 */
export function roleDefinitionFilter(scope: string, filter: string | null): Matches {
  const clauses = filterClauses(filter);
  // At the root, which needs no permission, nobody sees a subscription's roles.
  const below = scope !== "" && clauses.some(isAtScopeAndBelow);
  const tests = clauses.filter((clause) => !isAtScopeAndBelow(clause)).map(parse(filter));
  return (role) =>
    tests.every((matches) => matches(role)) &&
    assignableScopes(role).some(
      (assignable) => isAssignable(scope, assignable) || (below && isAtOrBelow(assignable, scope)),
    );
}

/** Whether a role that can be assigned at `assignable` can be assigned at `scope`. `/` is above everything. */
export function isAssignable(scope: string, assignable: string): boolean {
  return assignable === "/" || isAtOrBelow(scope, assignable);
}

function isAtScopeAndBelow(clause: string): boolean {
  return clause.toLowerCase() === "atscopeandbelow()";
}

function parse(filter: string | null): (clause: string) => Matches {
  return (clause) => {
    const [, field, quoted = ""] = /^(roleName|type) eq '((?:[^']|'')+)'$/i.exec(clause) ?? [];
    const wanted = quoted.replaceAll("''", "'").toLowerCase();
    if (field?.toLowerCase() === "rolename")
      return ({ roleName }) => roleName.toLowerCase() === wanted;
    if (wanted === "builtinrole") return isBuiltIn;
    if (wanted === "customrole") return (role) => !isBuiltIn(role);
    throw new ManagementError(
      501,
      "NotImplemented",
      `the filter "${filter}" on role definitions is not emulated, only roleName eq, type eq and atScopeAndBelow() are`,
    );
  };
}
