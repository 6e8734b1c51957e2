import type { RoleDefinition } from "../role-records.ts";
import type { State } from "../state.ts";

/** The key of a tenant's own role in the state: GUIDs of custom roles are unique in one tenant only. */
export function customRoleKey(tenantId: string, guid: string): string {
  return `${tenantId}/${guid}`.toLowerCase();
}

/** The role that a GUID names in a tenant: its own, or a built-in one. */
export function findRoleDefinition(
  { roleDefinitions }: State,
  tenantId: string,
  guid: string,
): RoleDefinition | undefined {
  const key = guid.toLowerCase();
  return roleDefinitions.get(customRoleKey(tenantId, key)) ?? roleDefinitions.get(key);
}

/** Every role that there is in a tenant, built-in ones included. */
export function roleDefinitionsOf({ roleDefinitions }: State, tenantId: string): RoleDefinition[] {
  const own = customRoleKey(tenantId, "");
  return [...roleDefinitions]
    .filter(([key]) => !key.includes("/") || key.startsWith(own))
    .map(([, role]) => role);
}

/** Built-in roles are no subscription's. */
export function isBuiltIn({ id }: RoleDefinition): boolean {
  return id.startsWith("/providers/");
}
