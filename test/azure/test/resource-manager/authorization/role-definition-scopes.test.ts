import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { roleAssignmentCondition } from "../../../src/world/access/role-assignment-condition.ts";
import { customRoleKey } from "../../../src/world/access/role-definition.ts";
import type { ServicePrincipal } from "../../../src/world/directory-records.ts";
import { homeOwner, type HomeOwner, namesIn, refusalOf } from "../home-owner.ts";

// Documents: REST references "Role Definitions", "Permissions", "Deny Assignments"; "List Azure role definitions using the
// REST API".

const contributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
const provider = "/providers/Microsoft.Authorization";
let world: HomeOwner;
let principal: ServicePrincipal;

beforeAll(async () => {
  world = await homeOwner();
});

beforeEach(() => {
  principal = world.tenants.principal(world.tenants.home);
});

const ofType = async (scope: string, type: string) =>
  namesIn(await definitions(scope, `atScopeAndBelow() and type eq '${type}'`));

const definitions = (scope: string, $filter: string) =>
  world.owner("GET", `${scope}${provider}/roleDefinitions?${new URLSearchParams({ $filter })}`);

describe("Role definitions", () => {
  it.each(["roleName ne 'Reader'", "type eq 'Other'", "roleName eq 'a' or roleName eq 'b'"])(
    "refuses the filter %s with 501",
    async (filter) => {
      const { status, error } = await definitions(world.subscription, filter);
      expect([status, error.code]).toEqual([501, "NotImplemented"]);
      expect(error.message).toContain("only roleName eq, type eq and atScopeAndBelow() are");
    },
  );

  it("are custom ones of the subscription, built-in ones everywhere", async () => {
    const custom = randomUUID();
    const id = `${world.subscription}${provider}/roleDefinitions/${custom}`;
    const permissions = { actions: [], notActions: [], dataActions: [], notDataActions: [] };
    const role = { id, roleName: "Mine", ...permissions };
    const key = customRoleKey(world.tenants.home.tenantId, custom);
    world.tenants.azure.state.roleDefinitions.set(key, role);
    expect(await ofType(world.group, "CustomRole")).toEqual([custom]);
    expect(await ofType(world.group, "BuiltInRole")).not.toContain(custom);
    expect(await ofType("", "CustomRole")).toEqual([]);
    expect(await ofType("", "BuiltInRole")).toContain(contributor);
    const read = await world.owner("GET", id);
    expect(read.body["properties"]).toMatchObject({
      type: "CustomRole",
      assignableScopes: [world.subscription],
    });
    const atRoot = await world.owner("GET", `${provider}/roleDefinitions/${custom}`);
    expect(refusalOf(atRoot)).toEqual([
      404,
      "RoleDefinitionDoesNotExist",
      `The specified role definition with ID '${custom}' does not exist.`,
    ]);
  });

  it("are found by name at the root, as tools look them up", async () => {
    const reader = world.as(principal);
    const filter = new URLSearchParams({ $filter: "roleName eq 'Storage Blob Data Contributor'" });
    const found = await reader("GET", `${provider}/roleDefinitions?${filter}`);
    expect(namesIn(found)).toEqual([contributor]);
  });
});

describe("Permissions and deny assignments", () => {
  it("tells what the caller may do at a scope, with the condition", async () => {
    const condition = roleAssignmentCondition([contributor], ["ServicePrincipal"]);
    world.tenants.grant(principal, "Owner", world.group, condition);
    const { body: answer } = await world.as(principal)(
      "GET",
      `${world.group}${provider}/permissions`,
    );
    expect(answer["value"]).toEqual([
      {
        actions: ["*"],
        notActions: [],
        dataActions: [],
        notDataActions: [],
        condition,
        conditionVersion: "2.0",
      },
    ]);
  });

  it("has no deny assignments", async () => {
    const { body: answer } = await world.owner("GET", `${world.group}${provider}/denyAssignments`);
    expect(answer["value"]).toEqual([]);
  });
});
