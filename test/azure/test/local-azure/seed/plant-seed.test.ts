import { beforeEach, describe, expect, it } from "vitest";
import { HOME, RESOURCE, defaultSeed } from "../../../src/local-azure/seed/default-seed.ts";
import { plantSeed } from "../../../src/local-azure/seed/plant-seed.ts";
import type { DeployerRole } from "../../../src/local-azure/seed/roles.ts";
import type { Seed } from "../../../src/local-azure/seed/seed.ts";
import { isAllowed } from "../../../src/world/access/access.ts";
import { roleAssignmentCondition } from "../../../src/world/access/role-assignment-condition.ts";
import { deployerClient } from "../../graph/graph-client.ts";
import { twoTenants, type TwoTenants } from "../../tenants/two-tenants.ts";

const [home, resource] = defaultSeed.tenants.map(
  ({ subscriptionId }) => `/subscriptions/${subscriptionId}`,
);
const homeDeployer = { tenantId: HOME, objectId: defaultSeed.tenants[0]?.deployer.objectId ?? "" };
const resourceDeployer = {
  tenantId: RESOURCE,
  objectId: defaultSeed.tenants[1]?.deployer.objectId ?? "",
};
const CONTRIBUTOR = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
const OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
const WRITE = "Microsoft.Authorization/roleAssignments/write";

let world: TwoTenants;
beforeEach(async () => {
  world = await twoTenants();
});

describe("plantSeed", () => {
  it("gives each deployer its custom role at its own subscription only", () => {
    const seed = seedWith(
      { ...role, Actions: ["Microsoft.Web/sites/write"] },
      { ...role, Actions: ["Microsoft.Storage/storageAccounts/write"] },
    );
    plantAlone(seed);
    expect(may(homeDeployer, "Microsoft.Web/sites/write", home)).toBe(true);
    expect(may(homeDeployer, "Microsoft.Web/sites/write", resource)).toBe(false);
    expect(may(homeDeployer, "Microsoft.Storage/storageAccounts/write", home)).toBe(false);
    expect(may(resourceDeployer, "Microsoft.Storage/storageAccounts/write", resource)).toBe(true);
    expect(
      may(resourceDeployer, "Microsoft.Storage/storageAccounts/listKeys/action", resource),
    ).toBe(false);
  });

  it("lets a deployer assign what its role's condition allows, and nothing else", () => {
    const condition = roleAssignmentCondition([CONTRIBUTOR], ["ServicePrincipal"]);
    plantAlone(seedWith(role, { ...role, Actions: [WRITE], condition }));
    expect(assign(CONTRIBUTOR, "ServicePrincipal")).toBe(true);
    expect(assign(CONTRIBUTOR, "User")).toBe(false);
    expect(assign(OWNER, "ServicePrincipal")).toBe(false);
  });

  it("makes a deployer without a role the owner of its own subscription", () => {
    expect(assign(OWNER, "User")).toBe(true);
    expect(may(resourceDeployer, WRITE, home)).toBe(false);
  });

  it("registers the foreign application of a stack that has a customer's side alone", async () => {
    const foreignApplicationClientId = "44444444-4444-4444-8444-444444444444";
    plantSeed(world.azure, { tenants: [], foreignApplicationClientId });
    const body = { appId: foreignApplicationClientId };
    const made = await deployerClient(world, 1)("POST", "/servicePrincipals", body);
    expect(made.status).toBe(201);
  });
});

const role: DeployerRole = {
  Name: "Deployer",
  Actions: [],
  NotActions: [],
  DataActions: [],
  NotDataActions: [],
};

function seedWith(home: DeployerRole, resource: DeployerRole): Seed {
  return { ...defaultSeed, roles: { "home-deployer": home, "resource-deployer": resource } };
}

/** In place of what the world was seeded with. */
function plantAlone(seed: Seed): void {
  world.azure.state.roleAssignments.clear();
  plantSeed(world.azure, seed);
}

function may(caller: typeof homeDeployer, operation: string, scope = ""): boolean {
  return isAllowed(world.azure, caller, "action", operation, scope);
}

function assign(roleDefinitionGuid: string, principalType: string): boolean {
  const request = { roleDefinitionGuid, principalType };
  return isAllowed(world.azure, resourceDeployer, "action", WRITE, resource ?? "", request);
}
