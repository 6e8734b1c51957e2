import { beforeEach, describe, expect, it } from "vitest";
import { plantSeed } from "../../../src/local-azure/seed/plant-seed.ts";
import { isAllowed } from "../../../src/world/access/access.ts";
import { deployerClient } from "../../graph/graph-client.ts";
import { HOME, RESOURCE, seed, twoTenants, type TwoTenants } from "../../tenants/two-tenants.ts";

const [home, resource] = seed.tenants.map(
  ({ subscriptionId }) => `/subscriptions/${subscriptionId}`,
);
const homeDeployer = { tenantId: HOME, objectId: seed.tenants[0]?.deployer.objectId ?? "" };
const resourceDeployer = { tenantId: RESOURCE, objectId: seed.tenants[1]?.deployer.objectId ?? "" };
const CONTRIBUTOR = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
const OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

let world: TwoTenants;
beforeEach(async () => {
  world = await twoTenants();
});

describe("plantSeed", () => {
  it("gives each deployer its custom role at its own subscription only", () => {
    expect(may(homeDeployer, "Microsoft.Web/sites/write", home)).toBe(true);
    expect(may(homeDeployer, "Microsoft.Web/sites/write", resource)).toBe(false);
    expect(may(homeDeployer, "Microsoft.Storage/storageAccounts/write", home)).toBe(false);
    expect(may(resourceDeployer, "Microsoft.Storage/storageAccounts/write", resource)).toBe(true);
    expect(
      may(resourceDeployer, "Microsoft.Storage/storageAccounts/listKeys/action", resource),
    ).toBe(false);
  });

  it("lets the resource deployer assign one role to service principals, and nothing else", () => {
    expect(assign(CONTRIBUTOR, "ServicePrincipal")).toBe(true);
    expect(assign(CONTRIBUTOR, "User")).toBe(false);
    expect(assign(OWNER, "ServicePrincipal")).toBe(false);
  });

  it("registers the foreign application of a stack that has a customer's side alone", async () => {
    const foreignApplicationClientId = "44444444-4444-4444-8444-444444444444";
    await plantSeed(world.azure, { tenants: [], foreignApplicationClientId });
    const body = { appId: foreignApplicationClientId };
    const made = await deployerClient(world, 1)("POST", "/servicePrincipals", body);
    expect(made.status).toBe(201);
  });
});

function may(caller: typeof homeDeployer, operation: string, scope = ""): boolean {
  return isAllowed(world.azure, caller, "action", operation, scope);
}

function assign(roleDefinitionGuid: string, principalType: string): boolean {
  const request = { roleDefinitionGuid, principalType };
  const write = "Microsoft.Authorization/roleAssignments/write";
  return isAllowed(world.azure, resourceDeployer, "action", write, resource ?? "", request);
}
