import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { roleAssignmentCondition } from "../../../src/world/access/role-assignment-condition.ts";
import { homeOwner, type HomeOwner, refusalOf } from "../home-owner.ts";

// Documents: REST reference "Role Definitions - Create Or Update / Delete"; "Azure custom roles"; Azure RBAC "troubleshooting".

const provider = "/providers/Microsoft.Authorization";
const contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";
const blobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs";
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

describe("Custom roles", () => {
  it.each([
    ["Microsoft.Web", "actions"],
    ["Microsoft.Web/sites/look", "notActions"],
    [`${blobs}/*`, "actions"],
    [`${blobs}/read`, "notActions"],
    ["microsoft.keyvault/vaults/secrets/GETSECRET/action", "actions"],
    ["read", "dataActions"],
    ["Microsoft.Storage/storageAccounts/blobServices/containers/read", "dataActions"],
    [`${blobs}/lease/action`, "notDataActions"],
    ["Microsoft.KeyVault/vaults/privateEndpointConnectionsApproval/action", "dataActions"],
  ])("refuses the operation %s in %s", async (operation, list) => {
    const answer = await world.owner("PUT", path(), role({}, { [list]: [operation] }));
    expect(refusalOf(answer)).toEqual([
      400,
      /data/i.test(list) ? "InvalidDataActionOrNotDataAction" : "InvalidActionOrNotAction",
      `'${operation}' does not match any of the actions supported by the providers.`,
    ]);
  });

  it.each(["dataActions", "notDataActions"])(
    "refuses %s of a provider that has none",
    async (list) => {
      const operation = "Microsoft.Authorization/*/read";
      const answer = await world.owner("PUT", path(), role({}, { [list]: [operation] }));
      expect(refusalOf(answer)).toEqual([
        400,
        "InvalidDataActionOrNotDataAction",
        "The resource provider referenced in the action has not published any data operations.",
      ]);
    },
  );

  it("take data actions of Storage and Key Vault, also by pattern, and those of other providers", async () => {
    const dataActions = [`${blobs}/*`, "Microsoft.Storage/*/read", "microsoft.keyvault/vaults/*"];
    const others = ["*", "Microsoft.ServiceBus/*/send/action"];
    const lists = {
      actions: ["Microsoft.KeyVault/vaults/keys/read"],
      notDataActions: [`${blobs}/tags/write`],
    };
    const given = { ...lists, dataActions: [...dataActions, ...others] };
    expect((await world.owner("PUT", path(), role({}, given))).status).toBe(201);
  });

  it("refuses several permissions", async () => {
    const permissions = [{ actions: ["*/read"] }, { actions: ["Microsoft.Web/sites/write"] }];
    expect(refusalOf(await world.owner("PUT", path(), role({ permissions })))).toEqual([
      400,
      "InvalidRoleDefinitionPermissions",
      "A custom role cannot have more than one permission entry.",
    ]);
  });

  it("refuses a condition in the permission with 501", async () => {
    const condition = roleAssignmentCondition([contributor], ["ServicePrincipal"]);
    expect(refusalOf(await world.owner("PUT", path(), role({}, { condition })))).toEqual([
      501,
      "NotImplemented",
      "custom roles with a condition in their permission are not emulated",
    ]);
  });

  it.each([
    [[], "A custom role needs at least one assignable scope."],
    [
      ["/"],
      "The assignable scope '/' is not valid. It must be a management group, a subscription or a resource group.",
    ],
  ])("refuses the assignable scopes %j", async (assignableScopes, message) => {
    const answer = await world.owner("PUT", path(), role({ assignableScopes }));
    expect(refusalOf(answer)).toEqual([400, "InvalidAssignableScopes", message]);
  });

  it("refuses a management group as assignable scope with 501", async () => {
    const scope = "/providers/Microsoft.Management/managementGroups/all";
    const answer = await world.owner("PUT", path(), role({ assignableScopes: [scope] }));
    expect(refusalOf(answer)).toEqual([
      501,
      "NotImplemented",
      `the assignable scope '${scope}' is not emulated: there are no management groups`,
    ]);
  });

  it.each([
    [{ type: "BuiltInRole" }, "InvalidRoleDefinitionType"],
    [{ roleName: "" }, "InvalidRoleDefinitionName"],
    [{ roleName: "a".repeat(513) }, "InvalidRoleDefinitionName"],
    [{ assignableScopes: "all" }, "InvalidRequestContent"],
  ])("refuses %j", async (changes, code) => {
    const { status, error } = await world.owner("PUT", path(), role(changes));
    expect([status, error.code]).toEqual([400, code]);
    expect(error.message).toMatch(/not valid|must be a list of strings/);
  });

  it("refuses an id that is no GUID", async () => {
    expect(refusalOf(await world.owner("PUT", path("mine"), role()))).toEqual([
      400,
      "InvalidRoleDefinitionId",
      "The role definition ID 'mine' is not valid. The role definition ID must be a GUID.",
    ]);
  });
});
