import { isBuiltIn } from "../../world/access/role-definition.ts";
import type { RoleAssignment, RoleDefinition } from "../../world/role-records.ts";
import { ManagementError } from "../engine/errors.ts";
import { isAtOrBelow } from "../engine/scope.ts";
import { assignableScopes } from "./render.ts";

/**
 * The clauses of a filter of role assignments or definitions, which are joined by `and`; none for no filter. An `and` in quotes
 * is part of a value.
 */
function filterClauses(filter: string | null): string[] {
  const trimmed = filter?.trim() ?? "";
  return trimmed === "" ? [] : trimmed.split(and).map((clause) => clause.trim());
}

/** An `and` outside of quotes. */
const and = / and (?=(?:[^']*'[^']*')*[^']*$)/i;

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
