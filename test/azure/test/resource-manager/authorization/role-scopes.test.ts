import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { roleAssignmentCondition } from "../../../src/world/access/role-assignment-condition.ts";
import type { ServicePrincipal } from "../../../src/world/directory-records.ts";
import { homeOwner, type HomeOwner, namesIn, refusalOf } from "../home-owner.ts";

// Documents: REST reference "Role Assignments"; "List Azure role assignments using the REST API"; Azure RBAC
// "troubleshooting".

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

const path = (name: string, scope = world.group) => `${scope}${provider}/roleAssignments/${name}`;
const list = (scope: string, $filter: string) =>
  world.owner("GET", `${scope}${provider}/roleAssignments?${new URLSearchParams({ $filter })}`);

function body(changes: Record<string, unknown> = {}): unknown {
  const roleDefinitionId = `${provider}/roleDefinitions/${contributor}`;
  return { properties: { roleDefinitionId, principalId: principal.objectId, ...changes } };
}

const deployer = () => {
  const held = world.tenants.principal(world.tenants.home);
  const condition = roleAssignmentCondition([contributor], ["ServicePrincipal"]);
  world.tenants.grant(held, "Role Based Access Control Administrator", world.group, condition);
  return world.as(held);
};

describe("Role assignments that a deployer with a condition deletes or writes again", () => {
  it("answers 204 for one that does not exist, as the reference says, also the second time", async () => {
    const name = randomUUID();
    await world.owner("PUT", path(name), body());
    const as = deployer();
    expect((await as("DELETE", path(name))).status).toBe(200);
    expect((await as("DELETE", path(name))).status).toBe(204);
  });

  it("refuses one beyond the condition", async () => {
    const reader = world.tenants.principal(world.tenants.home);
    world.tenants.grant(reader, "Reader", world.group);
    const { id } = [...world.tenants.azure.state.roleAssignments.values()].at(-1) ?? { id: "" };
    const { status, error } = await deployer()("DELETE", id);
    expect([status, error.code]).toEqual([403, "AuthorizationFailed"]);
    expect(error.message).toContain("'Microsoft.Authorization/roleAssignments/delete'");
  });

  it("refuses to write another role over one beyond the condition, to delete it then", async () => {
    const reader = `${provider}/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`;
    const name = randomUUID();
    await world.owner("PUT", path(name), body({ roleDefinitionId: reader }));
    const { status, error } = await deployer()("PUT", path(name), body());
    expect([status, error.code]).toEqual([403, "AuthorizationFailed"]);
    expect(error.message).toContain("'Microsoft.Authorization/roleAssignments/write'");
  });

  it("refuses one that does not exist to whoever may delete none", async () => {
    const reader = world.tenants.principal(world.tenants.home);
    world.tenants.grant(reader, "Reader", world.group);
    const { status, error } = await world.as(reader)("DELETE", path(randomUUID()));
    expect([status, error.code]).toEqual([403, "AuthorizationFailed"]);
  });
});

describe("Role assignments", () => {
  it("refuses an application's object id", async () => {
    const objectId = randomUUID();
    world.tenants.azure.state.applications.set(objectId, {
      objectId,
      appId: randomUUID(),
      tenantId: world.tenants.home.tenantId,
      displayName: "application",
      signInAudience: "AzureADMyOrg",
      owners: [],
      requiredResourceAccess: [],
      settings: {},
      federatedIdentityCredentials: new Map(),
      createdDateTime: "2026-01-15T12:00:00Z",
    });
    const answer = await world.owner("PUT", path(randomUUID()), body({ principalId: objectId }));
    expect(refusalOf(answer)).toEqual([
      400,
      "PrincipalTypeNotSupported",
      "Principals of type Application cannot validly be used in role assignments.",
    ]);
  });

  it("refuses a principal id that is no GUID", async () => {
    const answer = await world.owner("PUT", path(randomUUID()), body({ principalId: "me" }));
    expect(refusalOf(answer)).toEqual([
      400,
      "InvalidPrincipalId",
      "The Principal ID 'me' is not valid. Principal ID must be a GUID.",
    ]);
  });

  it("refuses a condition of another version than 2.0", async () => {
    const condition = roleAssignmentCondition([contributor], ["ServicePrincipal"]);
    const given = body({ condition, conditionVersion: "1.0" });
    expect(refusalOf(await world.owner("PUT", path(randomUUID()), given))).toEqual([
      400,
      "InvalidConditionVersion",
      "The condition version '1.0' is not valid. The only supported version is '2.0'.",
    ]);
  });

  it.each(["principalId ne 'x'", "atScope() or principalId eq 'x'", "roleDefinitionId eq 'x'"])(
    "refuses the filter %s with 501",
    async (filter) => {
      const { status, error } = await list(world.group, filter);
      expect([status, error.code]).toEqual([501, "NotImplemented"]);
      expect(error.message).toContain("only atScope(), principalId eq and assignedTo() are");
    },
  );

  it("keeps what was written, and says who wrote it first", async () => {
    const name = randomUUID();
    const created = await world.owner("PUT", path(name), body({ description: "first" }));
    await world.owner("PUT", path(name), body({ description: "second" }));
    const again = await world.owner("GET", path(name));
    const { createdOn } = created.body["properties"] as { createdOn: string };
    expect(again.body["properties"]).toMatchObject({
      description: "second",
      createdOn,
      createdBy: world.principal.objectId,
    });
  });

  it("are inherited: listed for a resource, and by principal", async () => {
    const name = randomUUID();
    await world.owner("PUT", path(name), body());
    const { objectId } = principal;
    const account = `${world.group}/providers/Microsoft.Storage/storageAccounts/one`;
    for (const [scope, filter, found] of [
      [account, `assignedTo('${objectId}')`, [name]],
      [account, `atScope() and principalId eq '${objectId}'`, [name]],
      [world.subscription, `principalId eq '${objectId}'`, [name]],
      [world.subscription, `atScope() and assignedTo('${objectId}')`, []],
    ] as const)
      expect(namesIn(await list(scope, filter))).toEqual(found);
  });
});
