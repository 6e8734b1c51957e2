import { derivedGuid } from "../../src/base/guid.ts";
import type { Seed, SeedTenant } from "../../src/local-azure/seed/seed.ts";

/**
 * One tenant for what has to stay while it is asked, and one each for the two services by which requests can delete
 * whatever is in a tenant.
 */
export const fuzzTenants = {
  kept: tenant("kept"),
  graph: tenant("graph"),
  management: tenant("management"),
} as const;

export const fuzzSeed: Seed = { tenants: Object.values(fuzzTenants) };

function tenant(name: string): SeedTenant {
  const id = (what: string) => derivedGuid(`fuzz ${name} ${what}`);
  return {
    tenantId: id("tenant"),
    subscriptionId: id("subscription"),
    location: "westeurope",
    deployer: {
      role: "home-deployer",
      clientId: id("client"),
      objectId: id("object"),
      graphPermissions: [
        "Application.ReadWrite.All",
        "AppRoleAssignment.ReadWrite.All",
        "Directory.Read.All",
      ],
    },
  };
}
