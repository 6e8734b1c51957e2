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

describe("Filter (graph/filter-query-parameter, graph/aad-advanced-queries)", () => {
  const unsupported = "Unsupported or invalid query filter clause specified for property";
  it.each([
    ["displayName ne 'x'", "Unsupported property filter clause operator 'NotEqualsMatch'."],
    ["contains(displayName,'x')", "Unsupported property filter clause operator 'Contains'."],
    ["notes eq 'x'", `${unsupported} 'notes' of resource 'Application'.`],
    ["startswith(appId,'x')", `${unsupported} 'appId' of resource 'Application'.`],
    ["identifierUris eq 'x'", `${unsupported} 'identifierUris' of resource 'Application'.`],
    ["displayName/any(x:x eq 'x')", `${unsupported} 'displayName' of resource 'Application'.`],
    ["displayName eq null", `${unsupported} 'displayName' of resource 'Application'.`],
    [
      "keyCredentials/any(k:k/endDateTime le 2021-01-02T12:00:00Z)",
      "Complex query on property keyCredentials is not supported.",
    ],
    ["not(displayName eq 'x')", "Unsupported Query."],
  ])("refuses %s, which the directory does not answer so", async (filter, message) => {
    expect(await refusal(list(filter))).toEqual({
      status: 400,
      code: "Request_UnsupportedQuery",
      message,
    });
  });

  it.each([
    [
      "nonsense eq 'x'",
      "Could not find a property named 'nonsense' on type 'microsoft.graph.application'.",
    ],
    [
      "constructor eq 'x'",
      "Could not find a property named 'constructor' on type 'microsoft.graph.application'.",
    ],
    [
      "displayName eq 'x",
      "There is an unterminated string literal at position 17 in 'displayName eq 'x'.",
    ],
    ["displayName equals 'x'", "Syntax error at position 21 in 'displayName equals 'x''."],
    [
      "displayName eq true",
      "A binary operator with incompatible types was detected. Found operand types 'Edm.String' and 'Edm.Boolean' for operator kind 'Equal'.",
    ],
  ])("refuses %s, which is no filter", async (filter, message) => {
    expect(await refusal(list(filter))).toEqual({
      status: 400,
      code: "BadRequest",
      message: `Invalid filter clause: ${message}`,
    });
  });

  it.each(["", "and", "(displayName eq 'x'", "displayName eq 'x' or", "displayName in ()", "a(b)"])(
    "refuses %j or says that it is not emulated",
    async (filter) => {
      expect([400, 501]).toContain((await list(filter)).status);
    },
  );

  it.each([
    ["displayName eq 'ALPHA'", ["Alpha"]],
    ["displayName eq 'delta''s'", ["delta's"]],
    ["startswith(displayName,'b')", ["beta"]],
    ["startsWith(displayName, 'b') or displayName eq 'Gamma'", ["Gamma", "beta"]],
    ["displayName in ('alpha', 'beta', 'none')", ["Alpha", "beta"]],
    ["identifierUris/any(s:s eq 'api://Gamm')", ["Gamma"]],
    ["identifierUris/any(s:startswith(s,'api://A'))", ["Alpha"]],
    [
      "(displayName eq 'Alpha' or displayName eq 'beta') and signInAudience eq 'AzureADMyOrg'",
      ["Alpha", "beta"],
    ],
    ["displayName eq 'Alpha' or displayName eq 'beta' and signInAudience eq 'x'", ["Alpha"]],
    ["createdDateTime ge 2026-01-15T12:00:00Z and displayName eq 'beta'", ["beta"]],
    ["createdDateTime le 2026-01-15T11:59:59Z", []],
  ])("answers %s", async (filter, expected) => {
    expect(names(await valuesOf(list(filter)))).toEqual(expected);
  });

  it("answers ids, appIds and uniqueNames as the clients look them up", async () => {
    const [first = {}] = await valuesOf(list("displayName eq 'Alpha'"));
    const { id, appId } = first;
    for (const filter of [
      `id eq '${String(id)}'`,
      `id in ('${String(id)}')`,
      `appId eq '${String(appId).toUpperCase()}'`,
    ]) {
      expect(names(await valuesOf(list(filter)))).toEqual(["Alpha"]);
    }
    await home(
      "PATCH",
      "/applications(uniqueName='u')",
      { displayName: "U" },
      { prefer: "create-if-missing" },
    );
    expect(names(await valuesOf(list("uniqueName eq 'u'")))).toEqual(["U"]);
  });

  it("answers negations with the advanced query parameters only", async () => {
    for (const filter of ["displayName ne 'Alpha'", "not startswith(displayName,'a')"]) {
      const path = `/applications?$count=true&$filter=${encodeURIComponent(filter)}`;
      const answer = home("GET", path, undefined, advanced);
      expect(names(await valuesOf(answer))).toEqual(["Gamma", "beta", "delta's"]);
    }
  });

  it("finds service principals by servicePrincipalNames, as the Azure CLI asks", async () => {
    const { appId } = world.identity;
    const filter = encodeURIComponent(`servicePrincipalNames/any(c:c eq '${appId}')`);
    const found = await valuesOf(home("GET", `/servicePrincipals?$filter=${filter}`));
    expect(found).toMatchObject([{ id: world.identity.objectId }]);
    const managed = encodeURIComponent("servicePrincipalType eq 'ManagedIdentity'");
    const identities = await valuesOf(home("GET", `/servicePrincipals?$filter=${managed}`));
    expect(identities).toMatchObject([{ id: world.identity.objectId }]);
  });

  it("refuses appRoleAssignmentRequired without the advanced query parameters", async () => {
    const path = "/servicePrincipals?$filter=appRoleAssignmentRequired eq false";
    expect(await refusal(home("GET", path))).toEqual({
      status: 400,
      code: "Request_UnsupportedQuery",
      message: `${unsupported} 'appRoleAssignmentRequired' of resource 'ServicePrincipal'.`,
    });
    expect((await home("GET", `${path}&$count=true`, undefined, advanced)).status).toBe(200);
  });
});

function list(filter: string) {
  return home("GET", `/applications?$filter=${encodeURIComponent(filter)}`);
}

function names(values: Record<string, unknown>[]): string[] {
  return values.map(({ displayName }) => String(displayName)).toSorted();
}
