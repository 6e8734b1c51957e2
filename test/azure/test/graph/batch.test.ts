import { beforeEach, describe, expect, it } from "vitest";
import { twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";
import { deployerClient, type GraphClient, refusal } from "./graph-client.ts";

let world: TwoTenants;
let home: GraphClient;
beforeEach(async () => {
  world = await twoTenants();
  home = deployerClient(world, 0);
});

describe("JSON batching (graph/json-batching)", () => {
  it("refuses more than 20 requests", async () => {
    const requests = Array.from({ length: 21 }, (_, index) => get(String(index), "/applications"));
    expect(await refusal(home("POST", "/$batch", { requests }))).toEqual({
      status: 400,
      code: "MaximumValueExceeded",
      message: "Number of batch request steps exceeds the maximum value of 20.",
    });
  });

  it.each([
    ["no list", undefined],
    ["no request", ["x"]],
    ["an id twice", [get("a", "/applications"), get("A", "/applications")]],
    ["a method that is none", [{ id: "1", method: "TRACE", url: "/applications" }]],
    ["a header that is none", [{ ...get("1", "/applications"), headers: { "a b": "c" } }]],
    ["a dependency on nothing", [{ ...get("1", "/applications"), dependsOn: ["2"] }]],
    ["a batch in a batch", [{ id: "1", method: "POST", url: "/$batch", body: {} }]],
  ])("refuses %s", async (_, requests) => {
    expect(await refusal(home("POST", "/$batch", { requests }))).toMatchObject({
      status: 400,
      code: "BadRequest",
    });
  });

  it.each([
    ["no type", { body: {} }, "Write request with id '2' does not contain a Content-Type header."],
    ["no body", {}, "Write request id : 2 does not contain Content-Type header or body."],
  ])("refuses all of a batch for a write with %s", async (_, rest, message) => {
    const { objectId } = world.application;
    const requests = [
      { id: "1", method: "DELETE", url: `/applications/${objectId}` },
      { id: "2", method: "PATCH", url: `/applications/${objectId}`, ...rest },
    ];
    expect(await refusal(deployerClient(world, 0)("POST", "/$batch", { requests }))).toEqual({
      status: 400,
      code: "BadRequest",
      message,
    });
    expect(world.azure.state.applications.has(objectId)).toBe(true);
  });

  it("refuses one request whose body has another type", async () => {
    const patch = { method: "PATCH", url: "/applications/none", body: {} };
    const requests = [{ ...patch, id: "1", headers: { "Content-Type": "text/plain" } }];
    const { body } = await home("POST", "/$batch", { requests });
    const message = "Entity only allows writes with a JSON Content-Type header.";
    expect(body["responses"]).toMatchObject([
      { status: 400, body: { error: { code: "BadRequest", message } } },
    ]);
  });

  it("records each step as a request, and refuses the one that meets a fault", async () => {
    const { traffic } = world.azure;
    traffic.reset();
    const path = "^/v1.0/organization$";
    traffic.faults.set([{ service: "graph", kind: "status", status: 429, path: new RegExp(path) }]);
    const requests = [get("1", "/applications"), get("2", "/organization")];
    const { body } = await home("POST", "/$batch", { requests });
    expect(body).toMatchObject({ responses: [{ status: 200 }, { status: 429 }] });
    expect(traffic.requests).toEqual([
      "POST graph /v1.0/$batch",
      "GET graph /v1.0/applications",
      "GET graph /v1.0/organization",
    ]);
    expect(traffic.writes).toEqual([]);
    traffic.reset();
  });

  it("refuses one request of a batch and answers the others, whatever identity they claim", async () => {
    const { objectId } = world.application;
    const requests = [
      { ...get("1", `/applications/${objectId}`), headers: { Authorization: "Bearer x" } },
      { id: "2", method: "DELETE", url: `applications/${objectId}` },
      { ...get("3", "/applications/$count"), headers: { ConsistencyLevel: "eventual" } },
    ];
    const { status, body } = await home("POST", "/$batch", { requests });
    expect(status).toBe(200);
    expect(body["responses"]).toMatchObject([
      { id: "1", status: 200, body: { id: objectId } },
      { id: "2", status: 403, body: { error: { code: "Authorization_RequestDenied" } } },
      { id: "3", status: 200, body: Buffer.from("2").toString("base64") },
    ]);
  });

  it("refuses a request that is addressed from the scheme or the version on", async () => {
    const addresses = ["https://graph.localhost/v1.0/applications", "/v1.0/applications"];
    const requests = addresses.map((url, index) => get(String(index), url));
    const { body } = await home("POST", "/$batch", { requests });
    expect(body["responses"]).toMatchObject(
      ["https:", "v1.0"].map((segment) => {
        const message = `Resource not found for the segment '${segment}'.`;
        return { status: 400, body: { error: { code: "BadRequest", message } } };
      }),
    );
  });

  it("answers 424 for what depends on a request that failed", async () => {
    const make = {
      method: "POST",
      url: "/applications",
      headers: { "Content-Type": "application/json" },
    };
    const requests = [
      { ...make, id: "1", body: {} },
      { ...make, id: "2", body: { displayName: "x" }, dependsOn: ["1"] },
      { ...make, id: "3", body: { displayName: "y" } },
    ];
    const { body } = await home("POST", "/$batch", { requests });
    expect(body["responses"]).toMatchObject([{ status: 400 }, { status: 424 }, { status: 201 }]);
  });
});

function get(id: string, url: string) {
  return { id, method: "GET", url };
}
