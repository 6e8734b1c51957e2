import { NotEmulated } from "../../base/not-emulated.ts";

/** A role assignment that somebody is writing or deleting: what a condition may look at. */
export interface RoleAssignmentRequest {
  readonly roleDefinitionGuid: string;
  readonly principalType: string;
}

/** The same, or that there is none by the name that somebody deletes. */
export type RoleAssignmentTarget = RoleAssignmentRequest | "nonexistent";

const WRITE = "Microsoft.Authorization/roleAssignments/write";
const DELETE = "Microsoft.Authorization/roleAssignments/delete";

/**
 * The condition of delegated role management, in the text that the portal writes: only these roles, only these kinds of
 * principal (learn.microsoft.com/azure/role-based-access-control/delegate-role-assignments-examples, "Constrain roles
 * and principal types").
 */
export function roleAssignmentCondition(
  roleDefinitionGuids: readonly string[],
  principalTypes: readonly string[],
): string {
  const roles = roleDefinitionGuids.join(", ");
  const types = principalTypes.map((type) => `'${type}'`).join(", ");
  const clause = (action: string, source: string) =>
    `((!(ActionMatches{'${action}'})) OR (` +
    `@${source}[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${roles}} AND ` +
    `@${source}[Microsoft.Authorization/roleAssignments:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {${types}}))`;
  return `${clause(WRITE, "Request")} AND ${clause(DELETE, "Resource")}`;
}

/**
 * Whether a condition lets `operation` pass. It binds only the writing and deleting of role assignments, which pass only
 * when `request` is given and meets it. Deleting what does not exist changes nothing and has nothing to compare: it passes,
 * for the 204 that the reference promises (learn.microsoft.com/rest/api/authorization/role-assignments/delete). Throws
 * NotEmulated for any other condition.
 */
export function conditionAllows(
  condition: string,
  operation: string,
  request: RoleAssignmentTarget | undefined,
): boolean {
  const { roles, types } = parse(condition);
  const bound = [WRITE, DELETE].some((action) => action.toLowerCase() === operation.toLowerCase());
  if (!bound) return true;
  if (request === undefined) return false;
  if (request === "nonexistent") return operation.toLowerCase() === DELETE.toLowerCase();
  return (
    roles.includes(request.roleDefinitionGuid.toLowerCase()) &&
    types.includes(request.principalType.toLowerCase())
  );
}

/** Reads the two lists, and accepts the condition only if it is exactly what those lists make, white space apart. */
function parse(condition: string): { roles: string[]; types: string[] } {
  const roles = list(/GuidEquals\s*\{([^}]*)\}/i.exec(condition)?.[1]);
  const types = list(/StringEqualsIgnoreCase\s*\{([^}]*)\}/i.exec(condition)?.[1]);
  const canonical = roleAssignmentCondition(roles, types);
  if (squeeze(condition) !== squeeze(canonical))
    throw new NotEmulated(
      "role assignment condition not emulated, only delegated role management by role ids and principal types is",
    );
  return { roles, types };
}

function list(text: string | undefined): string[] {
  return (text ?? "").split(",").map((item) => item.trim().replaceAll("'", "").toLowerCase());
}

function squeeze(text: string): string {
  return text.replace(/\s/g, "").toLowerCase();
}
