import { beforeEach, describe, expect, it } from "vitest";
import { HOME, RESOURCE, defaultSeed } from "../../../src/local-azure/seed/default-seed.ts";
import { type PlantedOwner, plantOwners } from "../../../src/local-azure/seed/plant-owners.ts";
import { isAllowed } from "../../../src/world/access/access.ts";
import { twoTenants, type TwoTenants } from "../../tenants/two-tenants.ts";

const [home = "", resource = ""] = defaultSeed.tenants.map(
  ({ subscriptionId }) => `/subscriptions/${subscriptionId}`,
);

let world: TwoTenants;
let owners: PlantedOwner[];
beforeEach(async () => {
  world = await twoTenants();
  owners = plantOwners(world.azure);
});

describe("plantOwners", () => {
  it("makes one application per tenant Owner of its subscription, and of that alone", () => {
    expect(owners.map(({ tenantId }) => tenantId)).toEqual([HOME, RESOURCE]);
    const [owner] = owners;
    expect(may(owner, home)).toBe(true);
    expect(may(owner, resource)).toBe(false);
    expect(may({ ...owner, tenantId: RESOURCE }, home)).toBe(false);
  });

  it("lets it write every application of its directory and assign their roles", () => {
    const permissions = owners.map(
      ({ objectId }) => world.azure.state.servicePrincipals.get(objectId)?.graphPermissions,
    );
    expect(permissions).toEqual(
      owners.map(() => [
        "Application.ReadWrite.All",
        "AppRoleAssignment.ReadWrite.All",
        "Directory.Read.All",
      ]),
    );
  });

  it("goes on with the owners that are there", () => {
    const { state } = world.azure;
    const count = state.applications.size;
    expect(plantOwners(world.azure)).toEqual(owners);
    expect(state.applications.size).toBe(count);
  });
});

function may(owner: Partial<PlantedOwner> | undefined, scope: string): boolean {
  const { tenantId = "", objectId = "" } = owner ?? {};
  const write = "Microsoft.Authorization/roleDefinitions/write";
  return isAllowed(world.azure, { tenantId, objectId }, "action", write, scope);
}
