import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { readSeed } from "../../../src/local-azure/seed/seed.ts";

const id = (digit: number) => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`;
const homeTenant = {
  tenantId: id(1),
  subscriptionId: id(2),
  location: "westeurope",
  deployerClientId: id(3),
  applicationOwners: [id(4), id(5)],
};
const contoso = {
  name: "contoso",
  tenantId: id(6),
  subscriptionId: id(7),
  location: "northeurope",
  deployerClientId: id(8),
  targets: [{ name: "invoices" }],
};
const external = { name: "fabrikam", tenantId: id(9), targets: [] };

let file: string;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "seed-"));
  file = join(directory, "Pulumi.test.yaml");
});
afterAll(() => rm(directory, { recursive: true }));

describe("readSeed", () => {
  it.each(["tenantId", "subscriptionId", "deployerClientId"])(
    "refuses a home tenant whose %s is no GUID or missing",
    async (key) => {
      await expect(seedOf({ homeTenant: { ...homeTenant, [key]: "abc" } })).rejects.toThrow(
        `homeTenant.${key} in "${file}" is "abc"; the local Azure needs a GUID to seed from`,
      );
      await expect(seedOf({ homeTenant: { ...homeTenant, [key]: undefined } })).rejects.toThrow(
        `homeTenant.${key} in "${file}" is missing; the local Azure needs a GUID to seed from`,
      );
    },
  );

  it("refuses a file that names no tenant it could create", async () => {
    await expect(seedOf({ resourceTenants: [external] })).rejects.toThrow(
      `no seed in "${file}": it names no homeTenant and no managed resource tenant`,
    );
  });

  it("refuses one tenant or subscription standing for two", async () => {
    const twice = [contoso, { ...contoso, name: "second", tenantId: id(9) }];
    await expect(seedOf({ homeTenant, resourceTenants: twice })).rejects.toThrow(
      `subscriptionId "${id(7)}" stands twice in "${file}"; each tenant has its own`,
    );
  });

  it("reads both sides, with the least Graph permission for each deployer", async () => {
    const { tenants } = await seedOf({ homeTenant, resourceTenants: [external, contoso] });
    expect(tenants).toMatchObject([
      {
        tenantId: id(1),
        deployer: {
          clientId: id(3),
          objectId: id(4),
          role: "home-deployer",
          graphPermissions: ["Application.ReadWrite.OwnedBy"],
        },
      },
      {
        tenantId: id(6),
        deployer: {
          clientId: id(8),
          role: "resource-deployer",
          graphPermissions: ["Application.ReadWrite.All"],
        },
      },
    ]);
  });

  it("grants no directory permission where the tenant's admin made the service principal", async () => {
    const admitted = { ...contoso, servicePrincipalObjectId: id(9) };
    const { tenants } = await seedOf({ homeTenant, resourceTenants: [admitted] });
    expect(tenants[1]?.deployer.graphPermissions).toEqual([]);
  });

  it("knows the application of a stack that has a customer's side alone", async () => {
    const seed = await seedOf({ applicationClientId: id(9), resourceTenants: [contoso] });
    expect(seed.foreignApplicationClientId).toBe(id(9));
    expect(seed.tenants).toHaveLength(1);
  });
});

async function seedOf(config: Record<string, unknown>) {
  const prefixed = Object.entries(config).map(([key, value]) => [
    `cross-tenant-data:${key}`,
    value,
  ]);
  await writeFile(file, stringify({ config: Object.fromEntries(prefixed) as object }));
  return readSeed(file);
}
