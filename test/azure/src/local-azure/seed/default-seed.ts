import type { Seed } from "./seed.ts";

export const HOME = "11111111-1111-4111-8111-111111111111";
export const RESOURCE = "22222222-2222-4222-8222-222222222222";

/** A home tenant and one resource tenant, whose deployers own their subscriptions. */
export const defaultSeed: Seed = {
  tenants: [
    {
      tenantId: HOME,
      subscriptionId: "11111111-1111-4111-8111-000000000001",
      location: "westeurope",
      deployer: {
        role: "home-deployer",
        clientId: "11111111-1111-4111-8111-000000000002",
        objectId: "11111111-1111-4111-8111-000000000003",
        graphPermissions: ["Application.ReadWrite.OwnedBy"],
      },
    },
    {
      tenantId: RESOURCE,
      subscriptionId: "22222222-2222-4222-8222-000000000001",
      location: "northeurope",
      deployer: {
        role: "resource-deployer",
        clientId: "22222222-2222-4222-8222-000000000002",
        objectId: "22222222-2222-4222-8222-000000000003",
        graphPermissions: ["Application.ReadWrite.All"],
      },
    },
  ],
};
