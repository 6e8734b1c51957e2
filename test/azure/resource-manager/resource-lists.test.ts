import { beforeAll, describe, expect, it } from "vitest";
import { homeOwner, namesIn, refusalOf, type HomeOwner } from "./home-owner.ts";

// Documents: REST references "Resource Groups - List", "Resources - List", "Tags".

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
  it.each(["name ne 'a'", "startswith(name, 'a')", "tagValue eq 'dev'", "managedBy eq 'x'"])(
    "refuse the filter %s with 501",
    async ($filter) => {
      const path = `${world.subscription}/resources`;
      expect(refusalOf(await list(path, { $filter }))).toEqual([
        501,
        "NotImplemented",
        `the filter "${$filter}" is not emulated, only comparisons by eq of resourceType, resourceGroup, name, location, tagName and tagValue are`,
      ]);
    },
  );

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
    expect(namesIn(await list(all))).toEqual(["one", "two", "three", "listed"]);
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
    expect(namesIn(await list(all, { $filter: "resourceGroup eq 'rg2'" }))).toEqual(["listed"]);
  });
});

describe("Tags", () => {
  it("refuses an operation that there is not", async () => {
    const body = { operation: "Add", properties: { tags: {} } };
    expect(refusalOf(await world.owner("PATCH", tagsPath(), body))).toEqual([
      400,
      "InvalidTagsPatchOperation",
      "The operation 'Add' is invalid. The supported operations are 'Replace,Merge,Delete'.",
    ]);
  });

  it("refuses those of a subscription with 501", async () => {
    const tags = `${world.subscription}/providers/Microsoft.Resources/tags/default`;
    const { status, error } = await world.owner("GET", tags);
    expect([status, error.message]).toEqual([501, "tags of a subscription are not emulated"]);
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
