import { beforeAll, describe, expect, it } from "vitest";
import { homeOwner, namesIn, refusalOf, type HomeOwner } from "./home-owner.ts";
import type { Answer } from "./management-client.ts";

// Documents: REST references "Resource Groups - List", "Resources - List", "Blob Containers - List", "Tags".

let world: HomeOwner;

beforeAll(async () => {
  world = await homeOwner();
  const { owner, group } = world;
  await owner("PUT", `${group}2`, { location: "northeurope", tags: { Stage: "dev" } });
  const identities = "/providers/Microsoft.ManagedIdentity/userAssignedIdentities";
  for (const name of ["one", "two", "three"])
    await owner("PUT", `${group}${identities}/${name}`, {
      location: "West Europe",
      tags: { stage: name === "one" ? "prod" : "dev" },
    });
  const account = { location: "westeurope", kind: "StorageV2", sku: { name: "Standard_LRS" } };
  const accounts = "/providers/Microsoft.Storage/storageAccounts";
  await owner("PUT", `${group}2${accounts}/listed`, account);
  await owner("PUT", `${group}2${accounts}/listed/blobServices/default/containers/box`, {});
  const locks = "/providers/Microsoft.Authorization/locks";
  await owner("PUT", `${group}2${locks}/kept`, { properties: { level: "CanNotDelete" } });
});

const list = async (path: string, query: Record<string, string> = {}) =>
  world.owner("GET", `${path}?${new URLSearchParams(query)}`);

const tagsPath = () => `${world.group}2/providers/Microsoft.Resources/tags/default`;

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

const count = (value: number) => ({ type: "Total", value });

describe("Tags", () => {
  it("refuses an operation that there is not", async () => {
    const body = { operation: "Add", properties: { tags: {} } };
    expect(refusalOf(await world.owner("PATCH", tagsPath(), body))).toEqual([
      400,
      "InvalidTagsPatchOperation",
      "The operation 'Add' is invalid. The supported operations are 'Replace,Merge,Delete'.",
    ]);
  });

  it("are a subscription's too, which shows them", async () => {
    const tags = `${world.subscription}/providers/Microsoft.Resources/tags/default`;
    expect((await world.owner("GET", tags)).body["properties"]).toEqual({ tags: {} });
    const body = { properties: { tags: { owner: "me" } } };
    expect((await world.owner("PUT", tags, body)).body).toMatchObject({ id: tags, ...body });
    expect((await world.owner("GET", world.subscription)).body["tags"]).toEqual({ owner: "me" });
    expect((await world.owner("DELETE", tags)).status).toBe(200);
    expect((await world.owner("GET", world.subscription)).body["tags"]).toEqual({});
  });

  it("are counted by name and value", async () => {
    const { body } = await world.owner("GET", `${world.subscription}/tagNames`);
    const id = `${world.subscription}/tagNames/Stage`;
    expect(body["value"]).toContainEqual({
      id,
      tagName: "Stage",
      count: count(4),
      values: [
        { id: `${id}/tagValues/dev`, tagValue: "dev", count: count(3) },
        { id: `${id}/tagValues/prod`, tagValue: "prod", count: count(1) },
      ],
    });
  });

  it("replaces, merges and deletes those of a resource group", async () => {
    const patch = async (operation: string, tags: Record<string, string>) =>
      (await world.owner("PATCH", tagsPath(), { operation, properties: { tags } })).body[
        "properties"
      ];
    expect(await patch("Merge", { a: "1", b: "2" })).toEqual({
      tags: { Stage: "dev", a: "1", b: "2" },
    });
    expect(await patch("Delete", { a: "1", b: "3" })).toEqual({ tags: { Stage: "dev", b: "2" } });
    expect((await world.owner("GET", `${world.group}2`)).body["tags"]).toEqual({
      Stage: "dev",
      b: "2",
    });
    expect(await patch("Replace", { Stage: "dev" })).toEqual({ tags: { Stage: "dev" } });
  });
});
