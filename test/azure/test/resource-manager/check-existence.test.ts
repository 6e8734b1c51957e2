import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { homeOwner, type HomeOwner } from "./home-owner.ts";

// Document: REST reference "Resources - Check Existence By Id", "Resources - Get By Id".

const identities = "/providers/Microsoft.ManagedIdentity/userAssignedIdentities";
const storage = "/providers/Microsoft.Storage/storageAccounts/existing";
const containers = `${storage}/blobServices/default/containers`;
let world: HomeOwner;

beforeAll(async () => {
  world = await homeOwner();
  const { owner, group } = world;
  await owner("PUT", `${group}${identities}/one`, { location: "westeurope" });
  const account = { location: "westeurope", kind: "StorageV2", sku: { name: "Standard_LRS" } };
  await owner("PUT", `${group}${storage}`, account);
  await owner("PUT", `${group}${containers}/box`, {});
});

afterAll(() => world.appService.close());

describe("HEAD of a resource by its id", () => {
  it.each([`${identities}/two`, `${storage}2`, `${containers}/box2`])(
    "answers 404 for %s, which does not exist",
    async (id) => {
      const { status, body } = await world.owner("HEAD", `${world.group}${id}`);
      expect([status, body]).toEqual([404, {}]);
    },
  );

  it.each([`${identities}/one`, storage, `${containers}/box`, `${identities.toUpperCase()}/ONE`])(
    "answers 204 for %s, which GET answers",
    async (id) => {
      const { status, body } = await world.owner("HEAD", `${world.group}${id}`);
      expect([status, body]).toEqual([204, {}]);
      expect((await world.owner("GET", `${world.group}${id}`)).status).toBe(200);
    },
  );

  it("refuses a caller without a role, whether or not it exists", async () => {
    const stranger = world.as(world.tenants.principal(world.tenants.home));
    for (const name of ["one", "two"])
      expect((await stranger("HEAD", `${world.group}${identities}/${name}`)).status).toBe(403);
  });

  it("refuses an api-version that the type does not have", async () => {
    const path = `${world.group}${identities}/one?api-version=2011-01-01`;
    expect((await world.owner("HEAD", path)).status).toBe(400);
  });
});
