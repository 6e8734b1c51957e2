import { afterEach, beforeEach, expect, it } from "vitest";
import { deleteResource } from "../../../src/resource-manager/engine/delete-resource.ts";
import { findResource } from "../../../src/resource-manager/engine/resource-store.ts";
import { homeOwner, type HomeOwner, namesIn } from "../home-owner.ts";

// Opening and closing a site's ports takes a while, in which other requests come.

let world: HomeOwner;
let sites: string;
let body: object;

beforeEach(async () => {
  world = await homeOwner();
  const web = `${world.group}/providers/Microsoft.Web`;
  sites = `${web}/sites`;
  body = { location: "westeurope", properties: { serverFarmId: `${web}/serverfarms/plan` } };
  await world.owner("PUT", `${web}/serverfarms/plan`, { location: "westeurope" });
});

afterEach(() => world.appService.close());

const put = () => world.owner("PUT", `${sites}/one`, body);

/** Deletes the site as far as that is done at once. */
function beginDelete(): Promise<void> {
  const { azure } = world.tenants;
  const site = findResource(azure.state, `${sites}/one`);
  if (site === undefined) throw new Error("there is no site to delete");
  return deleteResource(azure, world.appService, site);
}

it("A site can be read as soon as others see it", async () => {
  const made = put();
  const reads = await Promise.all(Array.from({ length: 8 }, () => world.owner("GET", sites)));
  expect(reads.map(({ status }) => status)).toEqual(reads.map(() => 200));
  expect((await made).status).toBe(200);
});

it("A site is gone as soon as its deletion begins, and its role assignments with it", async () => {
  await put();
  const { roleAssignments } = world.tenants.azure.state;
  const assignments = roleAssignments.size;
  world.tenants.grant(world.principal, "Reader", `${sites}/one`);
  const deleted = beginDelete();
  expect(roleAssignments.size).toBe(assignments);
  expect(namesIn(await world.owner("GET", sites))).toEqual([]);
  expect((await world.owner("GET", `${sites}/one`)).status).toBe(404);
  expect((await world.owner("POST", `${sites}/one/restart`)).status).toBe(404);
  await deleted;
});

it("A site that is written again while the one before is closed stays", async () => {
  await put();
  const deleted = beginDelete();
  expect((await put()).status).toBe(200);
  await deleted;
  expect((await world.owner("GET", `${sites}/one`)).status).toBe(200);
});

it("A site that is deleted before it is made is not found", async () => {
  const made = put();
  while (findResource(world.tenants.azure.state, `${sites}/one`) === undefined)
    await new Promise(setImmediate);
  await beginDelete();
  const { status, error } = await made;
  expect([status, error.code]).toEqual([404, "ResourceNotFound"]);
});
