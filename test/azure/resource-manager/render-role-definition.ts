import type { RoleDefinition } from "../state.ts";
import type { JsonObject } from "./json-object.ts";

/** A role definition as Resource Manager answers it at a scope, empty for the root. */
export function renderRoleDefinition(
  scope: string,
  guid: string,
  role: RoleDefinition,
): JsonObject {
  const { roleName, actions, notActions, dataActions, notDataActions } = role;
  const subscription = scope.split("/").slice(0, 3).join("/");
  const builtIn = isBuiltIn(role);
  return {
    id: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
    name: guid,
    type: "Microsoft.Authorization/roleDefinitions",
    properties: {
      roleName,
      type: builtIn ? "BuiltInRole" : "CustomRole",
      description: "",
      permissions: [{ actions, notActions, dataActions, notDataActions }],
      // The local Azure has custom roles for whole subscriptions only.
      assignableScopes: [builtIn ? "/" : subscription],
    },
  };
}

/** Built-in roles are no subscription's. */
export function isBuiltIn({ id }: RoleDefinition): boolean {
  return id.startsWith("/providers/");
}
