import { beforeAll, describe, expect, it } from "vitest";
import { type HomeOwner, namesIn, refusalOf } from "../home-owner.ts";
import type { Answer } from "../management-client.ts";
import { taggedResources } from "./tagged-resources.ts";

// Documents: REST references "Resource Groups - List", "Resources - List", "Blob Containers - List".

let world: HomeOwner;

beforeAll(async () => {
  world = await taggedResources();
});

const list = async (path: string, query: Record<string, string> = {}) =>
  world.owner("GET", `${path}?${new URLSearchParams(query)}`);

describe("Lists of resource groups and resources", () => {
  it.each([
    "startswith(name, 'a')",
    "tagValue eq 'dev'",
    "managedBy eq 'x'",
    "name le 'a'",
    "name eq a",
    "__proto__ eq 'a'",
    "constructor eq 'a'",
  ])("refuse the filter %s with 501", async ($filter) => {
    const path = `${world.subscription}/resources`;
    const { status, error } = await list(path, { $filter });
    expect([status, error.code]).toEqual([501, "NotImplemented"]);
    expect(error.message).toContain(`the filter "${$filter}" is not emulated, only comparisons `);
  });

  it.each(["0", "-1", "many"])("refuse %s for $top", async ($top) => {
    const { status, error } = await list(`${world.subscription}/resourceGroups`, { $top });
    expect([status, error.code]).toEqual([400, "InvalidQueryParameterValue"]);
    expect(error.message).toBe(`The value '${$top}' of the query parameter '$top' is invalid.`);
  });

  it("show what the caller may read, which may be nothing", async () => {
    const { tenants, subscription, group } = world;
    const stranger = tenants.principal(tenants.home);
    const reader = tenants.principal(tenants.home);
    tenants.grant(reader, "Reader", group);
    for (const path of [`${subscription}/resourceGroups`, `${subscription}/resources`]) {
      expect(await world.as(stranger)("GET", path)).toMatchObject({
        status: 200,
        body: { value: [] },
      });
      const shown = JSON.stringify((await world.as(reader)("GET", path)).body["value"]);
      expect(shown).toContain(group);
      expect(shown).not.toContain(`${group}2`);
    }
  });

  it("refuse a resource group that does not exist", async () => {
    expect(refusalOf(await list(`${world.group}3/resources`))).toEqual([
      404,
      "ResourceGroupNotFound",
      "Resource group 'rg3' could not be found.",
    ]);
  });

  it("show groups by tag, in pages", async () => {
    const groups = `${world.subscription}/resourceGroups`;
    const tagged = { $filter: "tagName eq 'stage' and tagValue eq 'dev'" };
    expect(namesIn(await list(groups, tagged))).toEqual(["rg2"]);
    const first = await list(groups, { $top: "1" });
    expect(namesIn(first)).toEqual(["rg"]);
    const { pathname, search } = new URL(String(first.body["nextLink"]));
    const second = await world.owner("GET", `${pathname}${search}`);
    expect([namesIn(second), second.body["nextLink"]]).toEqual([["rg2"], undefined]);
  });

  it("show top-level resources by type, tag and place, without properties", async () => {
    const all = `${world.subscription}/resources`;
    const type = "Microsoft.ManagedIdentity/userAssignedIdentities";
    expect(namesIn(await list(all))).toEqual(["one", "three", "two", "listed"]);
    const byType = await list(all, { $filter: `resourceType eq '${type}' and name eq 'ONE'` });
    expect(byType.body["value"]).toEqual([
      {
        id: `${world.group}/providers/${type}/one`,
        name: "one",
        type,
        location: "westeurope",
        tags: { stage: "prod" },
      },
    ]);
    const byTag = await list(`${world.group}/resources`, { $filter: "tagName eq 'stage'" });
    expect(namesIn(byTag)).toHaveLength(3);
    expect(byTag.body["value"]).not.toContainEqual(
      expect.objectContaining({ tags: expect.anything() }),
    );
    expect(namesIn(await list(all, { $filter: "resourceGroup eq 'rg2'" }))).toEqual(["listed"]);
  });

  it.each([
    ["name ne 'one' and substringof('O', name)", ["two"]],
    ["substringof('re', name) or name eq 'listed'", ["three", "listed"]],
    ["resourceGroup ne 'rg2' and tagName eq 'stage' and tagValue eq 'dev'", ["three", "two"]],
    ["startswith(tagName, 'ST')", ["one", "three", "two"]],
    ["name eq 'a and b' or substringof('2', resourceGroup)", ["listed"]],
  ])("show what meets %s", async ($filter, found) => {
    expect(namesIn(await list(`${world.subscription}/resources`, { $filter }))).toEqual(found);
  });

  it("show when each was written, with $expand", async () => {
    const query = {
      $filter: "name eq 'listed'",
      $expand: "createdTime,changedTime,provisioningState",
    };
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect((await list(`${world.subscription}/resources`, query)).body["value"]).toMatchObject([
      { createdTime: time, changedTime: time, provisioningState: "Succeeded" },
    ]);
  });

  it("refuse a token that no link had", async () => {
    const resources = `${world.subscription}/resources`;
    expect(refusalOf(await list(resources, { $skiptoken: "40" }))).toEqual([
      400,
      "InvalidQueryParameterValue",
      "The value '40' of the query parameter '$skiptoken' is invalid.",
    ]);
  });
});

const next = async ({ body }: Answer) => {
  const { pathname, search } = new URL(String(body["nextLink"]));
  return world.owner("GET", `${pathname}${search}`);
};

describe("The list of blob containers", () => {
  it("loses nothing when a container is deleted between two pages", async () => {
    const account = `${world.group}/providers/Microsoft.Storage/storageAccounts/paged`;
    const sku = { name: "Standard_LRS" };
    await world.owner("PUT", account, { location: "westeurope", kind: "StorageV2", sku });
    const containers = `${account}/blobServices/default/containers`;
    for (const name of ["a-1", "a-2", "a-3", "a-4", "b-1"])
      await world.owner("PUT", `${containers}/${name}`, {});
    const first = await list(containers, { $maxpagesize: "2", $filter: "a-" });
    expect(namesIn(first)).toEqual(["a-1", "a-2"]);
    await world.owner("DELETE", `${containers}/a-1`);
    await world.owner("DELETE", `${containers}/a-2`);
    const second = await next(first);
    expect([namesIn(second), second.body["nextLink"]]).toEqual([["a-3", "a-4"], undefined]);
  });

  it("refuses a page size of 0", async () => {
    const containers = `${world.group}2/providers/Microsoft.Storage/storageAccounts/listed/blobServices/default/containers`;
    expect(refusalOf(await list(containers, { $maxpagesize: "0" }))).toEqual([
      400,
      "InvalidQueryParameterValue",
      "The value '0' of the query parameter '$maxpagesize' is invalid.",
    ]);
  });
});
