import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { homeOwner, type HomeOwner, namesIn, refusalOf } from "../home-owner.ts";

// Documents: REST reference "Role Definitions - Create Or Update / Delete"; "Azure custom roles"; Azure RBAC "troubleshooting".

const provider = "/providers/Microsoft.Authorization";
const contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";
let world: HomeOwner;

beforeAll(async () => {
  world = await homeOwner();
  await world.owner("PUT", `${world.group}2`, { location: "westeurope" });
});

const path = (guid: string = randomUUID(), scope = world.subscription) =>
  `${scope}${provider}/roleDefinitions/${guid}`;

function role(changes: Record<string, unknown> = {}, permission: Record<string, unknown> = {}) {
  const permissions = [{ actions: ["*/read"], ...permission }];
  const assignableScopes = [world.subscription];
  return { properties: { roleName: randomUUID(), permissions, assignableScopes, ...changes } };
}

/** Assigns a role to a new principal and gives its client. */
async function holderOf(guid: string, scope: string) {
  const principal = world.tenants.principal(world.tenants.home);
  const { objectId: principalId } = principal;
  const properties = { principalId, roleDefinitionId: path(guid) };
  const assignment = `${scope}${provider}/roleAssignments/${randomUUID()}`;
  const answer = await world.owner("PUT", assignment, { properties });
  return { answer, assignment, as: world.as(principal) };
}

describe("Custom roles", () => {
  it("refuses a name that another role has, also in another case", async () => {
    await world.owner("PUT", path(), role({ roleName: "Deployer" }));
    for (const roleName of ["deployer", "Contributor"])
      expect(refusalOf(await world.owner("PUT", path(), role({ roleName })))).toEqual([
        409,
        "RoleDefinitionWithSameNameExists",
        "A role definition cannot be updated with a name that already exists.",
      ]);
  });

  it("refuses to delete one that is assigned", async () => {
    const guid = randomUUID();
    await world.owner("PUT", path(guid), role());
    const { assignment } = await holderOf(guid, world.group);
    expect(refusalOf(await world.owner("DELETE", path(guid)))).toEqual([
      400,
      "RoleDefinitionHasAssignments",
      "There are existing role assignments referencing role.",
    ]);
    await world.owner("DELETE", assignment);
    expect((await world.owner("DELETE", path(guid))).body["name"]).toBe(guid);
    expect((await world.owner("DELETE", path(guid))).status).toBe(204);
  });

  it.each(["PUT", "DELETE"])("refuses %s of a built-in role", async (method) => {
    expect(refusalOf(await world.owner(method, path(contributor), role()))).toEqual([
      403,
      "RoleDefinitionUpdateNotPermitted",
      "The role definition 'Contributor' is built in and cannot be changed or deleted.",
    ]);
  });

  it("refuses an assignable scope at which the caller may not write roles", async () => {
    const administrator = world.tenants.principal(world.tenants.home);
    world.tenants.grant(administrator, "Owner", world.group);
    const { status, error } = await world.as(administrator)(
      "PUT",
      path(undefined, world.group),
      role(),
    );
    expect([status, error.code]).toEqual([403, "LinkedAuthorizationFailed"]);
    expect(error.message).toContain(
      `does not have permission to perform action(s) 'Microsoft.Authorization/roleDefinitions/write' on the linked scope(s) '${world.subscription}'`,
    );
  });

  it("refuses to be assigned beyond the assignable scopes", async () => {
    const guid = randomUUID();
    await world.owner("PUT", path(guid), role({ assignableScopes: [world.group] }));
    expect(refusalOf((await holderOf(guid, `${world.group}2`)).answer)).toEqual([
      404,
      "RoleDefinitionDoesNotExist",
      `The specified role definition with ID '${guid}' does not exist.`,
    ]);
    expect((await holderOf(guid, world.group)).answer.status).toBe(201);
  });

  it("are listed where they can be assigned, with atScopeAndBelow() above too", async () => {
    const guid = randomUUID();
    const roleName = "Read and Write Ann's";
    await world.owner("PUT", path(guid), role({ roleName, assignableScopes: [world.group] }));
    const list = async (scope: string, $filter: string) =>
      namesIn(
        await world.owner(
          "GET",
          `${scope}${provider}/roleDefinitions?${new URLSearchParams({ $filter })}`,
        ),
      );
    const custom = "type eq 'CustomRole'";
    expect(await list(world.group, custom)).toContain(guid);
    expect(await list(`${world.group}2`, custom)).not.toContain(guid);
    const named = `roleName eq '${roleName.replace("'", "''")}' and ${custom}`;
    expect(await list(world.group, named)).toEqual([guid]);
    expect(await list(world.subscription, custom)).not.toContain(guid);
    expect(await list(world.subscription, `atScopeAndBelow() and ${custom}`)).toContain(guid);
  });

  it("give what they list, and what they list after they were written again", async () => {
    const guid = randomUUID();
    const created = await world.owner("PUT", path(guid), role({ description: "mine" }));
    expect([created.status, created.body]).toMatchObject([
      201,
      { id: path(guid), name: guid, properties: { type: "CustomRole", description: "mine" } },
    ]);
    const { as } = await holderOf(guid, world.group);
    const tagged = { location: "westeurope", tags: { stage: "dev" } };
    expect((await as("GET", world.group)).status).toBe(200);
    expect((await as("PUT", world.group, tagged)).error.code).toBe("AuthorizationFailed");
    const write = "Microsoft.Resources/subscriptions/resourceGroups/write";
    const { roleName } = created.body["properties"] as { roleName: string };
    await world.owner("PUT", path(guid), role({ roleName }, { actions: [write] }));
    expect((await as("PUT", world.group, tagged)).status).toBe(200);
    expect((await as("GET", world.group)).error.code).toBe("AuthorizationFailed");
  });

  it("are one tenant's: another tenant has its own by the same GUID", async () => {
    const { other } = world.tenants;
    const foreign = world.tenants.principal(other);
    const subscription = `/subscriptions/${other.subscriptionId}`;
    world.tenants.grant(foreign, "Owner", subscription);
    const guid = randomUUID();
    await world.owner("PUT", path(guid), role({ roleName: "Shared" }));
    const there = path(guid, subscription);
    expect((await world.as(foreign)("GET", there)).error.code).toBe("RoleDefinitionDoesNotExist");
    const body = role({ roleName: "Shared", assignableScopes: [subscription] });
    expect((await world.as(foreign)("PUT", there, body)).status).toBe(201);
    expect((await world.as(foreign)("DELETE", there)).status).toBe(200);
    expect((await world.owner("GET", path(guid))).status).toBe(200);
  });

  it("take a role file as the Azure CLI sends it", async () => {
    const properties = {
      roleName: "Maker",
      description: "Makes resource groups.",
      permissions: [
        {
          actions: [
            "Microsoft.Resources/subscriptions/resourceGroups/read",
            "Microsoft.Resources/subscriptions/resourceGroups/write",
          ],
          notActions: [],
          dataActions: [],
          notDataActions: [],
        },
      ],
      assignableScopes: [world.subscription],
    };
    const guid = randomUUID();
    expect((await world.owner("PUT", path(guid), { properties })).body).toMatchObject({
      properties,
    });
    const { as } = await holderOf(guid, world.subscription);
    const group = `${world.group}-deployed`;
    expect((await as("PUT", group, { location: "westeurope" })).status).toBe(201);
    expect((await as("GET", `${group}/resources`)).error.code).toBe("AuthorizationFailed");
  });
});
