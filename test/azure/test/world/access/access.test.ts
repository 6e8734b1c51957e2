import { beforeEach, describe, expect, it } from "vitest";
import { isAllowed } from "../../../src/world/access/access.ts";
import { builtInRoles } from "../../../src/world/access/built-in-roles.ts";
import { roleAssignmentCondition } from "../../../src/world/access/role-assignment-condition.ts";
import { systemClock } from "../../../src/world/clock.ts";
import type { RoleAssignment } from "../../../src/world/role-records.ts";
import { emptyState, type State } from "../../../src/world/state.ts";

const CONTRIBUTOR = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
const READER = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";
const ACCOUNT =
  "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/account";
const CONTAINER = `${ACCOUNT}/blobServices/default/containers/invoices`;
const BLOBS = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs";
const ASSIGNMENTS = "Microsoft.Authorization/roleAssignments";
const caller = { tenantId: "tenant", objectId: "principal" };

let state: State;
beforeEach(() => {
  state = emptyState();
  for (const role of builtInRoles) state.roleDefinitions.set(role.id.slice(-36), role);
});

describe("How Azure RBAC determines if a user has access (role-based-access-control/overview)", () => {
  it("refuses without any assignment", () => {
    expect(read(CONTAINER)).toBe(false);
  });

  it("lets a role at the container read its blobs, there only", () => {
    assign({ scope: CONTAINER });
    expect(read(CONTAINER)).toBe(true);
    expect(read(ACCOUNT)).toBe(false);
    expect(read(`${CONTAINER}2`)).toBe(false);
  });

  it("inherits from every scope above, whatever its case", () => {
    for (const scope of [ACCOUNT, "/SUBSCRIPTIONS/S/resourcegroups/RG", "/subscriptions/s", "/"]) {
      state.roleAssignments.clear();
      assign({ scope });
      expect(read(CONTAINER)).toBe(true);
    }
  });

  it("refuses another principal and another tenant's principal of the same id", () => {
    assign({ scope: CONTAINER, principalId: "another" });
    assign({ scope: CONTAINER, tenantId: "another", id: "second" });
    expect(read(CONTAINER)).toBe(false);
  });

  it("refuses what the role does not list: a reader writes nothing", () => {
    assign({ scope: CONTAINER, roleDefinitionGuid: READER });
    expect(read(CONTAINER)).toBe(true);
    expect(
      isAllowed({ state, clock: systemClock }, caller, "dataAction", `${BLOBS}/write`, CONTAINER),
    ).toBe(false);
  });

  it("refuses data actions to a role that has actions only, even Owner", () => {
    assign({ scope: ACCOUNT, roleDefinitionGuid: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635" });
    expect(read(CONTAINER)).toBe(false);
  });

  it("lets * between slashes stand for no segment too: Managed Identity Operator assigns identities", () => {
    assign({ scope: ACCOUNT, roleDefinitionGuid: "f1a07417-d97a-45cb-824c-7a7467783830" });
    const azure = { state, clock: systemClock };
    const allowed = (operation: string) => isAllowed(azure, caller, "action", operation, ACCOUNT);
    const identities = "Microsoft.ManagedIdentity/userAssignedIdentities";
    expect(allowed(`${identities}/assign/action`)).toBe(true);
    expect(allowed(`${identities}/write`)).toBe(false);
    expect(allowed("MicrosoftXManagedIdentity/userAssignedIdentities/read")).toBe(false);
  });

  it("decides at once on a custom role with many stars, which stand for what one does", () => {
    const actions = [`Microsoft.Web/${"*".repeat(20)}/read`];
    const none = { notActions: [], dataActions: [], notDataActions: [] };
    state.roleDefinitions.set("stars", { id: "stars", roleName: "Stars", actions, ...none });
    assign({ scope: ACCOUNT, roleDefinitionGuid: "stars" });
    const allowed = (operation: string) =>
      isAllowed({ state, clock: systemClock }, caller, "action", operation, ACCOUNT);
    expect(allowed("Microsoft.Web/sites/config/read")).toBe(true);
    expect(allowed("Microsoft.Web/sites/config/web/appsettings/list/action")).toBe(false);
  });

  it("takes notActions back from what the same role grants", () => {
    assign({ scope: ACCOUNT, roleDefinitionGuid: "b24988ac-6180-42a0-ab88-20f7382dd24c" });
    const allowed = (operation: string) =>
      isAllowed({ state, clock: systemClock }, caller, "action", operation, ACCOUNT);
    expect(allowed("Microsoft.Storage/storageAccounts/write")).toBe(true);
    expect(allowed(`${ASSIGNMENTS}/write`)).toBe(false);
  });

  it("refuses an assignment whose role does not exist", () => {
    assign({ scope: CONTAINER, roleDefinitionGuid: "unknown" });
    expect(read(CONTAINER)).toBe(false);
  });
});

describe("Delegate role assignment management (delegate-role-assignments-examples)", () => {
  const condition = roleAssignmentCondition([CONTRIBUTOR], ["ServicePrincipal"]);
  const owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
  const good = { roleDefinitionGuid: CONTRIBUTOR, principalType: "ServicePrincipal" };

  it("lets only the named roles and kinds of principal through, for writing and deleting", () => {
    assign({ scope: ACCOUNT, roleDefinitionGuid: owner, condition });
    for (const verb of ["write", "delete"]) {
      const manage = (request?: typeof good) =>
        isAllowed(
          { state, clock: systemClock },
          caller,
          "action",
          `${ASSIGNMENTS}/${verb}`,
          ACCOUNT,
          request,
        );
      expect(manage(good)).toBe(true);
      expect(manage({ ...good, roleDefinitionGuid: owner })).toBe(false);
      expect(manage({ ...good, principalType: "User" })).toBe(false);
      expect(manage()).toBe(false);
    }
  });

  it("does not bind other actions", () => {
    assign({ scope: ACCOUNT, roleDefinitionGuid: owner, condition });
    expect(
      isAllowed({ state, clock: systemClock }, caller, "action", `${ASSIGNMENTS}/read`, ACCOUNT),
    ).toBe(true);
  });

  it("reads the condition in the portal's layout too", () => {
    const laidOut = condition.replaceAll("(", "\n (\n  ").replaceAll(" AND ", "\n AND\n ");
    assign({ scope: ACCOUNT, roleDefinitionGuid: owner, condition: laidOut });
    expect(
      isAllowed(
        { state, clock: systemClock },
        caller,
        "action",
        `${ASSIGNMENTS}/write`,
        ACCOUNT,
        good,
      ),
    ).toBe(true);
  });

  it.each(["", "true", `${roleAssignmentCondition([READER], ["User"])} OR true`])(
    "refuses to guess what the condition %j means",
    (other) => {
      assign({ scope: ACCOUNT, roleDefinitionGuid: owner, condition: other });
      const manage = () =>
        isAllowed(
          { state, clock: systemClock },
          caller,
          "action",
          `${ASSIGNMENTS}/write`,
          ACCOUNT,
          good,
        );
      expect(manage).toThrow("role assignment condition not emulated");
    },
  );
});

function read(scope: string): boolean {
  return isAllowed({ state, clock: systemClock }, caller, "dataAction", `${BLOBS}/read`, scope);
}

function assign(facts: Partial<RoleAssignment> & { scope: string }): void {
  const assignment: RoleAssignment = {
    id: facts.scope,
    principalId: caller.objectId,
    tenantId: caller.tenantId,
    principalType: "ServicePrincipal",
    roleDefinitionGuid: CONTRIBUTOR,
    ...facts,
  };
  state.roleAssignments.set(assignment.id, assignment);
}
