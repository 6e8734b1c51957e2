import { beforeEach, describe, expect, it } from "vitest";
import { twoTenants } from "../tenants/two-tenants.ts";
import { deployerClient, type GraphClient, refusal } from "./graph-client.ts";

let home: GraphClient;
beforeEach(async () => {
  home = deployerClient(await twoTenants(), 0);
});

describe("Properties of an application (graph/api/resources/application)", () => {
  it.each([
    ["displayName", ""],
    ["displayName", "a".repeat(257)],
    ["displayName", 1],
    ["description", "a".repeat(1025)],
    ["identifierUris", "api://x"],
    ["identifierUris", [1]],
    ["tags", null],
    ["web", []],
    ["isFallbackPublicClient", "yes"],
    ["requiredResourceAccess", {}],
  ])("refuses %s of the wrong type or length: %j", async (property, value) => {
    const id = await create();
    const change = home("PATCH", `/applications/${id}`, { notes: "n", [property]: value });
    expect(await refusal(change)).toEqual({
      status: 400,
      code: "Request_BadRequest",
      message: `Invalid value specified for property '${property}' of resource 'Application'.`,
    });
    expect((await home("GET", `/applications/${id}`)).body["notes"]).toBeNull();
  });

  it.each(["Foo", "", "azureadmyorg", "AzureADAndMicrosoftAccounts"])(
    "refuses the audience %j, which there is not",
    async (signInAudience) => {
      const id = await create();
      expect(await refusal(home("PATCH", `/applications/${id}`, { signInAudience }))).toEqual({
        status: 400,
        code: "Request_BadRequest",
        message: "Invalid value specified for property 'signInAudience' of resource 'Application'.",
      });
      const { body } = await home("GET", `/applications/${id}`);
      expect(body["signInAudience"]).toBe("AzureADMyOrg");
    },
  );

  it.each(["AzureADandPersonalMicrosoftAccount", "PersonalMicrosoftAccount"])(
    "answers 501 to the audience %s",
    async (signInAudience) => {
      const creation = home("POST", "/applications", { displayName: "x", signInAudience });
      expect(await refusal(creation)).toEqual({
        status: 501,
        code: "NotImplemented",
        message: `signInAudience ${signInAudience} is not emulated by the local Azure`,
      });
    },
  );

  it("refuses an identifier URI that another application of the tenant has", async () => {
    const identifierUris = ["api://taken"];
    await home("POST", "/applications", { displayName: "first", identifierUris });
    const second = await home("POST", "/applications", { displayName: "second", identifierUris });
    const message =
      "Another object with the same value for property identifierUris already exists.";
    expect(second).toMatchObject({
      status: 400,
      body: {
        error: {
          code: "Request_BadRequest",
          message,
          details: [{ code: "ObjectConflict", message, target: "identifierUris" }],
        },
      },
    });
  });

  it("refuses no body and a body that is not a JSON object", async () => {
    expect(await refusal(home("POST", "/applications"))).toEqual({
      status: 400,
      code: "BadRequest",
      message: "Empty Payload. JSON content expected.",
    });
    expect(await refusal(home("POST", "/applications", []))).toEqual({
      status: 400,
      code: "BadRequest",
      message:
        "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
    });
  });
});

describe("Update application (graph/api/application-update)", () => {
  it("merges objects, replaces lists, takes null, and passes over what the SDKs repeat", async () => {
    const id = await create();
    const path = `/applications/${id}`;
    await home("PATCH", path, { web: { homePageUrl: "https://site.example" }, tags: ["a", "b"] });
    const change = await home("PATCH", path, {
      "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#applications/$entity",
      "@odata.type": "#microsoft.graph.application",
      id,
      description: null,
      tags: ["c"],
      web: { redirectUris: ["https://site.example/back"] },
    });
    expect(change).toMatchObject({ status: 204, body: {} });
    expect((await home("GET", path)).body).toMatchObject({
      description: null,
      tags: ["c"],
      web: {
        homePageUrl: "https://site.example",
        redirectUris: ["https://site.example/back"],
        implicitGrantSettings: { enableIdTokenIssuance: false },
      },
    });
  });
});

async function create(): Promise<string> {
  const { body } = await home("POST", "/applications", { displayName: "mine" });
  return String(body["id"]);
}
