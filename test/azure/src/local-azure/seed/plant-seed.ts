import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Azure } from "../../service/azure.ts";
import { builtInRoles } from "../../world/access/built-in-roles.ts";
import { roleAssignmentCondition } from "../../world/access/role-assignment-condition.ts";
import { customRoleKey } from "../../world/access/role-definition.ts";
import type { State } from "../../world/state.ts";
import { bareApplication, plantWorkflow } from "./plant-workflow.ts";
import type { Seed, SeedTenant } from "./seed.ts";

const STORAGE_BLOB_DATA_CONTRIBUTOR = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";

/** Puts the seed into an empty state. Needs the endpoints: the deployers' credentials name their issuer. */
export async function plantSeed(azure: Azure, seed: Seed): Promise<void> {
  plantBuiltInRoles(azure.state);
  for (const tenant of seed.tenants) {
    const { tenantId, subscriptionId, location } = tenant;
    azure.state.tenants.set(tenantId, { tenantId, subscriptionId, location });
    const { role: displayName, ...deployer } = tenant.deployer;
    plantWorkflow(azure, { tenantId, displayName, ...deployer });
    await plantRole(azure, tenant);
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

/**
 * The deployer's custom role, the very file that a user creates it from, assigned at the subscription. The resource deployer
 * may hand out one role to one kind of principal.
 */
async function plantRole({ state }: Azure, tenant: SeedTenant): Promise<void> {
  const { tenantId, subscriptionId, deployer } = tenant;
  const role = await readRole(deployer.role);
  const scope = `/subscriptions/${subscriptionId}`;
  const provider = `${scope}/providers/Microsoft.Authorization`;
  const guid = randomUUID();
  const key = customRoleKey(tenantId, guid);
  state.roleDefinitions.set(key, { id: `${provider}/roleDefinitions/${guid}`, ...role });
  const id = `${provider}/roleAssignments/${randomUUID()}`;
  state.roleAssignments.set(id.toLowerCase(), {
    id,
    tenantId,
    scope,
    principalId: deployer.objectId,
    principalType: "ServicePrincipal",
    roleDefinitionGuid: guid,
    ...(deployer.role === "resource-deployer"
      ? {
          condition: roleAssignmentCondition([STORAGE_BLOB_DATA_CONTRIBUTOR], ["ServicePrincipal"]),
        }
      : {}),
  });
}

interface RoleFile {
  readonly Name: string;
  readonly Actions: readonly string[];
  readonly NotActions: readonly string[];
  readonly DataActions: readonly string[];
  readonly NotDataActions: readonly string[];
}

async function readRole(name: string) {
  const file = new URL(`../../../../../infra/roles/${name}.json`, import.meta.url);
  // The file is ours, and in the format of `az role definition create`.
  const role = JSON.parse(await readFile(file, "utf8")) as RoleFile;
  return {
    roleName: role.Name,
    actions: role.Actions,
    notActions: role.NotActions,
    dataActions: role.DataActions,
    notDataActions: role.NotDataActions,
  };
}
