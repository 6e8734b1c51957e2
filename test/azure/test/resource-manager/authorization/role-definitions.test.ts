import { beforeAll, describe, expect, it } from "vitest";
import type { BareTenants } from "../../tenants/bare-tenants.ts";
import { homeOwner } from "../home-owner.ts";
import type { Management } from "../management-client.ts";
import { addCustomRole } from "./custom-role.ts";

// Document: REST reference "Role Definitions".

const contributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
let tenants: BareTenants;
let owner: Management;
let collection: string;

beforeAll(async () => {
  const world = await homeOwner();
  ({ tenants, owner } = world);
  collection = `${world.subscription}/providers/Microsoft.Authorization/roleDefinitions`;
});

describe("Role Definitions", () => {
  it("gives a built-in role by id and by name", async () => {
    const byId = await owner("GET", `${collection}/${contributor}`);
    expect(byId.body["properties"]).toMatchObject({ roleName: "Storage Blob Data Contributor" });
    const filter = encodeURIComponent("roleName eq 'Storage Blob Data Contributor'");
    const byName = await owner("GET", `${collection}?api-version=2022-04-01&$filter=${filter}`);
    expect(byName.body["value"]).toEqual([byId.body]);
  });

  it("lists the tenant's own custom roles and refuses another tenant's", async () => {
    const own = addCustomRole(tenants.azure.state, tenants.home);
    const foreign = addCustomRole(tenants.azure.state, tenants.other);
    const listed = (await owner("GET", collection)).body["value"] as { name: string }[];
    expect(listed.map(({ name }) => name)).toContain(own);
    expect(listed.map(({ name }) => name)).not.toContain(foreign);
    const { status, error } = await owner("GET", `${collection}/${foreign}`);
    expect([status, error]).toEqual([
      404,
      {
        code: "RoleDefinitionDoesNotExist",
        message: `The specified role definition with ID '${foreign}' does not exist.`,
      },
    ]);
  });

  it("refuses a filter that it does not know", async () => {
    const { status, error } = await owner("GET", `${collection}?api-version=2022-04-01&$filter=x`);
    expect([status, error.code]).toEqual([501, "NotImplemented"]);
    expect(error.message).toContain('the filter "x"');
  });
});
