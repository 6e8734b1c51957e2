import { beforeEach, describe, expect, it } from "vitest";
import { twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";
import { fourApplications } from "./four-applications.ts";
import { type GraphClient, refusal, valuesOf } from "./graph-client.ts";

const advanced = { consistencylevel: "eventual" };

let world: TwoTenants;
let home: GraphClient;
beforeEach(async () => {
  world = await twoTenants();
  home = await fourApplications(world);
});

describe("Select, expand, order, search and skip (graph/query-parameters)", () => {
  it.each([
    [
      "$select=id,nonsense",
      "BadRequest",
      "Parsing OData Select and Expand failed: Could not find a property named 'nonsense' on type 'microsoft.graph.application'.",
    ],
    [
      "$orderby=displayName",
      "Request_UnsupportedQuery",
      "Sorting not supported for current query.",
    ],
    [
      '$search="displayName:x"',
      "Request_UnsupportedQuery",
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    ],
    ["$skip=1", "BadRequest", "'$skip' is not supported by the service."],
  ])("refuses %s", async (query, code, message) => {
    expect(await refusal(home("GET", `/applications?${query}`))).toEqual({
      status: 400,
      code,
      message,
    });
  });

  it.each(["$expand=extensionProperties", "$apply=aggregate", "$deltatoken=x"])(
    "answers 501 for %s rather than a wrong list",
    async (query) => {
      expect((await home("GET", `/applications?${query}`)).status).toBe(501);
    },
  );

  it("answers 501 for a search that Graph would answer", async () => {
    expect((await home("GET", "/applications?$search=x", undefined, advanced)).status).toBe(501);
  });

  it("shows what is selected, of a collection and of one entity, with or without the dollar sign", async () => {
    const [first = {}] = await valuesOf(home("GET", "/applications?$select=id,appId"));
    expect(Object.keys(first)).toEqual(["id", "appId"]);
    const one = await home("GET", `/applications/${String(first["id"])}?select=displayName`);
    expect(one.body).toEqual({
      "@odata.context": "http://localhost/v1.0/$metadata#applications(displayName)/$entity",
      displayName: expect.any(String),
    });
  });

  it("expands owners", async () => {
    const [first = {}] = await valuesOf(home("GET", "/applications?$top=1"));
    const application = world.azure.state.applications.get(String(first["id"]));
    application?.owners.push(world.identity.objectId);
    const path = `/applications/${String(first["id"])}?$select=id&$expand=owners`;
    expect((await home("GET", path)).body).toMatchObject({
      id: first["id"],
      owners: [{ "@odata.type": "#microsoft.graph.servicePrincipal", id: world.identity.objectId }],
    });
  });

  it("sorts with the advanced query parameters, over pages too", async () => {
    const path = "/applications?$count=true&$top=2&$orderby=displayName desc";
    const first = await home("GET", path, undefined, advanced);
    const next = home("GET", String(first.body["@odata.nextLink"]), undefined, advanced);
    const sorted = [first.body["value"], await valuesOf(next)].flat() as { displayName: string }[];
    expect(sorted.map((each) => each.displayName)).toEqual(["Gamma", "delta's", "beta", "Alpha"]);
  });
});

describe("Paging (graph/paging)", () => {
  it.each(["0", "1000"])("refuses $top=%s", async (top) => {
    expect(await refusal(home("GET", `/applications?$top=${top}`))).toEqual({
      status: 400,
      code: "Request_UnsupportedQuery",
      message: `Invalid page size specified: '${top}'. Must be between 1 and 999 inclusive.`,
    });
  });

  it.each(["-1", "x", ""])("refuses $top=%j, which is no number", async (top) => {
    expect(await refusal(home("GET", `/applications?$top=${top}`))).toEqual({
      status: 400,
      code: "BadRequest",
      message: `Invalid value '${top}' for $top query option found. The $top query option requires a non-negative integer value.`,
    });
  });

  it.each(["nonsense", Buffer.from("[1,2]").toString("base64url")])(
    "refuses the page token %s",
    async (token) => {
      expect(await refusal(home("GET", `/applications?$skiptoken=${token}`))).toMatchObject({
        status: 400,
        code: "Directory_ExpiredPageToken",
      });
    },
  );

  it("shows everything once over its pages, though an entity of the last page goes meanwhile", async () => {
    const seen: unknown[] = [];
    let link: unknown = "/applications?$top=1&$select=id,displayName";
    while (typeof link === "string") {
      const { body } = await home("GET", link);
      const [entity] = body["value"] as { id: string; displayName: string }[];
      seen.push(entity?.displayName);
      if (seen.length === 2) await home("DELETE", `/applications/${entity?.id}`);
      link = body["@odata.nextLink"];
    }
    expect(seen.toSorted()).toEqual(["Alpha", "Gamma", "beta", "delta's"]);
  });

  it("gives pages of 100 unless asked otherwise", async () => {
    for (let count = 0; count < 97; count += 1) {
      await home("POST", "/applications", { displayName: "many" });
    }
    const { body } = await home("GET", "/applications");
    expect(body["value"]).toHaveLength(100);
    const rest = await home("GET", String(body["@odata.nextLink"]));
    expect(rest.body["value"]).toHaveLength(1);
    expect(rest.body).not.toHaveProperty("@odata.nextLink");
  });
});

describe("Count (graph/aad-advanced-queries)", () => {
  it("refuses the segment without ConsistencyLevel: eventual", async () => {
    expect(await refusal(home("GET", "/applications/$count"))).toEqual({
      status: 400,
      code: "Request_BadRequest",
      message: "$count is not currently supported.",
    });
  });

  it("passes over $count=true without it", async () => {
    const { status, body } = await home("GET", "/applications?$count=true");
    expect(status).toBe(200);
    expect(body).not.toHaveProperty("@odata.count");
  });

  it("counts with it, past the page", async () => {
    const { body } = await home("GET", "/applications?$count=true&$top=1", undefined, advanced);
    expect(body["@odata.count"]).toBe(4);
    const counted = home("GET", "/applications/$count", undefined, advanced);
    expect((await counted).body).toBe(4);
    const filter = encodeURIComponent("displayName ne 'beta'");
    const others = home("GET", `/applications/$count?$filter=${filter}`, undefined, advanced);
    expect((await others).body).toBe(3);
  });
});
