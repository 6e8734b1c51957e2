import { beforeAll, describe, expect, it } from "vitest";
import { type HomeOwner, refusalOf } from "../home-owner.ts";
import { taggedResources } from "./tagged-resources.ts";

// Document: REST reference "Tags".

let world: HomeOwner;

beforeAll(async () => {
  world = await taggedResources();
});

const tagsPath = () => `${world.group}2/providers/Microsoft.Resources/tags/default`;

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
