import { randomUUID } from "node:crypto";
import type { State } from "../../src/world/state.ts";

/** Assigns a built-in role, named by its GUID, at a scope to a service principal. */
export function assignRole(
  state: State,
  tenantId: string,
  principalId: string,
  { guid, scope }: { readonly guid: string; readonly scope: string },
): void {
  const id = `${scope}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
  state.roleAssignments.set(id.toLowerCase(), {
    id,
    tenantId,
    scope,
    principalId,
    principalType: "ServicePrincipal",
    roleDefinitionGuid: guid,
  });
}
