import { beforeEach, describe, expect, it } from "vitest";
import { createGraph } from "../../src/graph/graph.ts";
import { twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";
import { authorizationOf, clientWith, deployer } from "./graph-client.ts";

// The issues that requireJsonContentType in json-body.ts names.

let world: TwoTenants;
beforeEach(async () => {
  world = await twoTenants();
});

const undeclared =
  "Write requests (excluding DELETE) must contain the Content-Type header declaration.";
const other = "Entity only allows writes with a JSON Content-Type header.";

describe("The type of a body", () => {
  it.each([
    [undefined, undeclared],
    ["", undeclared],
    ["text/plain", other],
    ["text/json", other],
    ["application/x-www-form-urlencoded", other],
  ])("refuses a write with a body of type %j", async (type, message) => {
    const { objectId, displayName } = world.application;
    const before = world.azure.state.applications.size;
    for (const [method, path] of [
      ["PATCH", `/applications/${objectId}`],
      ["POST", "/applications"],
    ] as const) {
      const answer = await send(method, path, type, { displayName: "other" });
      expect([answer.status, await answer.json()]).toMatchObject([
        400,
        { error: { code: "BadRequest", message } },
      ]);
    }
    expect(world.azure.state.applications.get(objectId)?.displayName).toBe(displayName);
    expect(world.azure.state.applications.size).toBe(before);
  });

  it.each(["application/json; charset=utf-8", "Application/JSON;odata.metadata=minimal"])(
    "takes %s",
    async (type) => {
      expect((await send("POST", "/applications", type, { displayName: "x" })).status).toBe(201);
    },
  );

  it("asks for no type where there is no body", async () => {
    const { objectId } = world.application;
    await clientWith(world, 0, "Application.ReadWrite.All")("DELETE", `/applications/${objectId}`);
    const path = `/directory/deletedItems/${objectId}/restore`;
    expect((await send("POST", path, undefined)).status).toBe(200);
  });
});

async function send(method: string, path: string, type: string | undefined, body?: object) {
  const authorization = await authorizationOf(world, deployer(world, 0));
  return createGraph(world.azure).request(`/v1.0${path}`, {
    method,
    headers: { authorization, ...(type !== undefined && { "content-type": type }) },
    // Bytes: Node declares the type of a text by itself.
    ...(body && { body: new TextEncoder().encode(JSON.stringify(body)) }),
  });
}
