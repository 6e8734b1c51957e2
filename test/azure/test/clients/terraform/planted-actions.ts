import { randomUUID } from "node:crypto";
import { customRoleKey } from "../../../src/world/access/role-definition.ts";
import type { Tenant } from "../../../src/world/directory-records.ts";
import type { State } from "../../../src/world/state.ts";
import { assignRole } from "../planted-role.ts";

/** Gives a principal a few actions at its tenant's subscription, by a custom role of their own. */
export function allowActions(
  state: State,
  { tenantId, subscriptionId }: Tenant,
  principalId: string,
  actions: readonly string[],
): void {
  const scope = `/subscriptions/${subscriptionId}`;
  const guid = randomUUID();
  state.roleDefinitions.set(customRoleKey(tenantId, guid), {
    id: `${scope}/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
    roleName: `Beside ${principalId}'s own`,
    actions,
    notActions: [],
    dataActions: [],
    notDataActions: [],
  });
  assignRole(state, tenantId, principalId, { guid, scope });
}
