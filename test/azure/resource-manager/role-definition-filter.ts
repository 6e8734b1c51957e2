import type { RoleDefinition } from "../state.ts";
import { ManagementError } from "./management-error.ts";
import { isBuiltIn } from "./render-role-definition.ts";

type Matches = (role: RoleDefinition) => boolean;

/**
 * The `$filter` of role definitions: `roleName eq`, `type eq` and `atScopeAndBelow()`, which adds nothing where custom roles
 * are assignable to whole subscriptions, joined by `and`
 * (learn.microsoft.com/azure/role-based-access-control/role-definitions-list, REST API). Other filters answer 501.
 */
export function roleDefinitionFilter(filter: string | null): Matches {
  if (filter === null || filter.trim() === "") return () => true;
  const tests = filter.trim().split(/ and /i).map(parse(filter));
  return (role) => tests.every((matches) => matches(role));
}

function parse(filter: string): (clause: string) => Matches {
  return (clause) => {
    if (/^\s*atScopeAndBelow\(\)\s*$/i.test(clause)) return () => true;
    const [, field, quoted = ""] =
      /^\s*(roleName|type) eq '((?:[^']|'')+)'\s*$/i.exec(clause) ?? [];
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
