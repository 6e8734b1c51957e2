import { randomUUID } from "node:crypto";
import { customRoleKey } from "../../../src/world/access/role-definition.ts";
import type { Tenant } from "../../../src/world/directory-records.ts";
import type { State } from "../../../src/world/state.ts";

/** Gives a tenant a custom role for everything, for tests. Returns its GUID. */
export function addCustomRole(
  { roleDefinitions }: State,
  { tenantId, subscriptionId }: Tenant,
): string {
  const guid = randomUUID();
  roleDefinitions.set(customRoleKey(tenantId, guid), {
    id: `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
    roleName: "custom",
    actions: ["*"],
    notActions: [],
    dataActions: [],
    notDataActions: [],
  });
  return guid;
}
