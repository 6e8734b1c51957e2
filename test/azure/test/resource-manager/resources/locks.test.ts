import { beforeEach, describe, expect, it } from "vitest";
import { homeOwner, type HomeOwner, namesIn, refusalOf } from "../home-owner.ts";

// Documents: "Lock your Azure resources to protect your infrastructure"; REST reference "Management Locks".

let world: HomeOwner;
let account: string;
let container: string;

beforeEach(async () => {
  world = await homeOwner();
  account = `${world.group}/providers/Microsoft.Storage/storageAccounts/locked`;
  container = `${account}/blobServices/default/containers/box`;
  const sku = { name: "Standard_LRS" };
  await world.owner("PUT", account, { location: "westeurope", kind: "StorageV2", sku });
  await world.owner("PUT", container, {});
});

const lock = (scope: string, level: string) =>
  world.owner("PUT", `${scope}/providers/Microsoft.Authorization/locks/kept`, {
    properties: { level, notes: "production" },
  });

function locked(scope: string, operation: "delete" | "write", by: string): unknown[] {
  return [
    409,
    "ScopeLocked",
    `The scope '${scope}' cannot perform ${operation} operation because following scope(s) are locked: '${by}'. Please remove the lock and try again.`,
  ];
}

describe("CanNotDelete", () => {
  it("refuses to delete what it is at, what is below it and what holds it, and allows writes", async () => {
    expect((await lock(account, "CanNotDelete")).status).toBe(201);
    for (const scope of [account, container, world.group])
      expect(refusalOf(await world.owner("DELETE", scope))).toEqual(
        locked(scope, "delete", account),
      );
    const tags = { stage: "dev" };
    expect((await world.owner("PATCH", account, { tags })).status).toBe(200);
  });

  it("refuses to delete role assignments below it", async () => {
    await lock(world.group, "CanNotDelete");
    const name = "99999999-9999-4999-8999-999999999999";
    const assignment = `${account}/providers/Microsoft.Authorization/roleAssignments/${name}`;
    expect(refusalOf(await world.owner("DELETE", assignment))).toEqual(
      locked(assignment, "delete", world.group),
    );
  });

  it("keeps the plan that would be deleted with its last site", async () => {
    const web = `${world.group}/providers/Microsoft.Web`;
    const [plan, site] = [`${web}/serverfarms/plan`, `${web}/sites/last`];
    await world.owner("PUT", plan, { location: "westeurope" });
    const properties = { serverFarmId: plan };
    await world.owner("PUT", site, { location: "westeurope", properties });
    await lock(plan, "CanNotDelete");
    expect((await world.owner("DELETE", site)).status).toBe(200);
    expect((await world.owner("GET", plan)).status).toBe(200);
  });

  it("is no more when it is deleted, twice", async () => {
    await lock(account, "CanNotDelete");
    const path = `${account}/providers/Microsoft.Authorization/locks/kept`;
    expect((await world.owner("DELETE", path)).status).toBe(200);
    expect((await world.owner("DELETE", path)).status).toBe(204);
    expect((await world.owner("DELETE", account)).status).toBe(200);
  });
});

describe("ReadOnly", () => {
  it("refuses every write and action, and allows reads", async () => {
    await lock(world.group, "ReadOnly");
    expect(refusalOf(await world.owner("PUT", container, {}))).toEqual(
      locked(container, "write", world.group),
    );
    expect(refusalOf(await world.owner("POST", `${account}/listKeys`))).toEqual(
      locked(`${account}/listKeys`, "write", world.group),
    );
    expect(refusalOf(await world.owner("DELETE", account))).toEqual(
      locked(account, "delete", world.group),
    );
    expect((await world.owner("GET", container)).status).toBe(200);
  });

  it("tells a caller without a role of no lock", async () => {
    await lock(world.group, "ReadOnly");
    const nobody = world.as(world.tenants.principal(world.tenants.home));
    const { status, error } = await nobody("DELETE", account);
    expect([status, error.code]).toEqual([403, "AuthorizationFailed"]);
  });
});

describe("Locks", () => {
  it("refuses a level that there is not", async () => {
    expect(refusalOf(await lock(account, "Some"))).toEqual([
      400,
      "LockLevelInvalid",
      "The lock level 'Some' is invalid. The supported levels are 'CanNotDelete,ReadOnly'.",
    ]);
  });

  it("refuses one that does not exist", async () => {
    const path = `${account}/providers/Microsoft.Authorization/locks/none`;
    expect(refusalOf(await world.owner("GET", path))).toEqual([
      404,
      "LockNotFound",
      "The lock 'none' could not be found.",
    ]);
  });

  it("refuses a scope that does not exist", async () => {
    const { status, error } = await lock(`${world.group}9`, "ReadOnly");
    expect([status, error.code]).toEqual([404, "ResourceGroupNotFound"]);
    expect(error.message).toBe("Resource group 'rg9' could not be found.");
  });

  it("refuses a contributor, who may not write locks", async () => {
    const contributor = world.tenants.principal(world.tenants.home);
    world.tenants.grant(contributor, "Contributor", world.group);
    const path = `${account}/providers/Microsoft.Authorization/locks/kept`;
    const properties = { level: "ReadOnly" };
    const { status, error } = await world.as(contributor)("PUT", path, { properties });
    expect([status, error.code]).toEqual([403, "AuthorizationFailed"]);
    expect(error.message).toContain("'Microsoft.Authorization/locks/write'");
  });

  it("are listed where they hold, and with atScope() not from below", async () => {
    await lock(account, "CanNotDelete");
    const locks = (scope: string, filter = "") =>
      world.owner("GET", `${scope}/providers/Microsoft.Authorization/locks${filter}`);
    expect(namesIn(await locks(container))).toEqual(["kept"]);
    expect(namesIn(await locks(world.group))).toEqual(["kept"]);
    expect(namesIn(await locks(world.group, "?$filter=atScope()"))).toEqual([]);
    const read = await world.owner(
      "GET",
      `${account}/providers/Microsoft.Authorization/locks/kept`,
    );
    expect(read.body["properties"]).toEqual({ level: "CanNotDelete", notes: "production" });
  });
});
