import { randomUUID } from "node:crypto";
import type { Azure } from "../../service/azure.ts";
import { builtInRoles } from "../../world/access/built-in-roles.ts";
import { customRoleKey } from "../../world/access/role-definition.ts";
import type { State } from "../../world/state.ts";
import { bareApplication, plantWorkflow } from "./plant-workflow.ts";
import type { DeployerRole } from "./roles.ts";
import type { Seed, SeedTenant } from "./seed.ts";

/** The built-in role Owner. */
export const OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

/** Puts the seed into an empty state. Needs the endpoints: the deployers' credentials name their issuer. */
export function plantSeed(azure: Azure, seed: Seed): void {
  plantBuiltInRoles(azure.state);
  for (const tenant of seed.tenants) {
    const { tenantId, subscriptionId, location } = tenant;
    azure.state.tenants.set(tenantId, { tenantId, subscriptionId, location });
    plantWorkflow(azure, { tenantId, displayName: tenant.deployer.role, ...tenant.deployer });
    plantRole(azure, tenant, seed.roles?.[tenant.deployer.role]);
  }
  if (seed.foreignApplicationClientId !== undefined) {
    const foreign = bareApplication(
      azure,
      randomUUID(),
      seed.foreignApplicationClientId,
      "foreign",
    );
    foreign.signInAudience = "AzureADMultipleOrgs";
    azure.state.applications.set(foreign.objectId, foreign);
  }
}

/** Puts in the roles that every tenant has, over those of another version of the local Azure. */
export function plantBuiltInRoles({ roleDefinitions }: State): void {
  for (const role of builtInRoles) roleDefinitions.set(role.id.slice(-36), role);
}

/** The deployer's role, assigned at the subscription; without one it is an owner. */
function plantRole({ state }: Azure, tenant: SeedTenant, role?: DeployerRole): void {
  const { tenantId, subscriptionId, deployer } = tenant;
  const scope = `/subscriptions/${subscriptionId}`;
  const id = `${scope}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
  state.roleAssignments.set(id.toLowerCase(), {
    id,
    tenantId,
    scope,
    principalId: deployer.objectId,
    principalType: "ServicePrincipal",
    roleDefinitionGuid: role === undefined ? OWNER : plantCustomRole(state, tenant, role),
    ...(role?.condition === undefined ? {} : { condition: role.condition }),
  });
}

/** Returns its GUID. */
function plantCustomRole(
  state: State,
  { tenantId, subscriptionId }: SeedTenant,
  role: DeployerRole,
) {
  const guid = randomUUID();
  state.roleDefinitions.set(customRoleKey(tenantId, guid), {
    id: `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
    roleName: role.Name,
    actions: role.Actions,
    notActions: role.NotActions,
    dataActions: role.DataActions,
    notDataActions: role.NotDataActions,
  });
  return guid;
}
