import type { RoleDefinition, State, Tenant } from "../state.ts";
import type { JsonObject } from "./json-object.ts";
import { ManagementError } from "./management-error.ts";
import type { Operation } from "./operation.ts";

const type = "Microsoft.Authorization/roleDefinitions";

/** Role definitions (https://learn.microsoft.com/rest/api/authorization/role-definitions). */
export const roleDefinitionOperations: Operation[] = [
  {
    method: "GET",
    path: `{scope}/providers/${type}`,
    action: `${type}/read`,
    handle: ({ azure, tenant, param, query }) => {
      const matches = definitionFilter(query.get("$filter"));
      const definitions = [...azure.state.roleDefinitions].filter(
        ([, role]) => isOfTenant(role, tenant) && matches(role),
      );
      const value = definitions.map(([guid, role]) => render(param("scope"), guid, role));
      return Response.json({ value });
    },
  },
  {
    method: "GET",
    path: `{scope}/providers/${type}/{roleDefinitionId}`,
    action: `${type}/read`,
    handle: ({ azure, tenant, param }) => {
      const guid = param("roleDefinitionId").toLowerCase();
      const role = requireRoleDefinition(azure.state, tenant, guid);
      return Response.json(render(param("scope"), guid, role));
    },
  },
];

/** The role with this GUID, built in or the tenant's own. Throws RoleDefinitionDoesNotExist. */
export function requireRoleDefinition(state: State, tenant: Tenant, guid: string): RoleDefinition {
  const role = state.roleDefinitions.get(guid);
  if (role !== undefined && isOfTenant(role, tenant)) return role;
  throw new ManagementError(
    404,
    "RoleDefinitionDoesNotExist",
    `The specified role definition with ID '${guid}' does not exist.`,
  );
}

/** Custom roles belong to one tenant (role-based-access-control/custom-roles); their ids start with its subscription. */
function isOfTenant({ id }: RoleDefinition, { subscriptionId }: Tenant): boolean {
  return id.startsWith("/providers/") || id.startsWith(`/subscriptions/${subscriptionId}/`);
}

function definitionFilter(filter: string | null): (role: RoleDefinition) => boolean {
  if (filter === null || filter === "") return () => true;
  const roleName = /^roleName eq '([^']+)'$/i.exec(filter)?.[1]?.toLowerCase();
  if (roleName !== undefined) return (role) => role.roleName.toLowerCase() === roleName;
  throw new ManagementError(
    501,
    "NotImplemented",
    `the filter "${filter}" on role definitions is not emulated, only roleName eq is`,
  );
}

function render(scope: string, guid: string, role: RoleDefinition): JsonObject {
  const { roleName, actions, notActions, dataActions, notDataActions } = role;
  const subscription = scope.split("/").slice(0, 3).join("/");
  return {
    id: `${subscription}/providers/${type}/${guid}`,
    name: guid,
    type,
    properties: {
      roleName,
      permissions: [{ actions, notActions, dataActions, notDataActions }],
      assignableScopes: ["/"],
    },
  };
}
