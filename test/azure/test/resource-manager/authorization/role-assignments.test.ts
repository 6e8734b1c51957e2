import { objectField } from "../../../src/base/json.ts";
import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createAppService } from "../../../src/app-service/app-service.ts";
import { issueManagedIdentityToken } from "../../../src/entra/issue-token.ts";
import type { ServicePrincipal } from "../../../src/world/directory-records.ts";
import { type BareTenants, createBareTenants } from "../../tenants/bare-tenants.ts";
import { createManagement, type Management } from "../management-client.ts";
import { addCustomRole } from "./custom-role.ts";

// Documents: REST reference "Role Assignments"; Azure RBAC "troubleshooting".

const contributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
const reader = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";
let tenants: BareTenants;
let owner: Management;
let subscription: string;
let group: string;
let principal: ServicePrincipal;

beforeAll(async () => {
  tenants = await createBareTenants();
  const ownerPrincipal = tenants.principal(tenants.home);
  subscription = `/subscriptions/${tenants.home.subscriptionId}`;
  tenants.grant(ownerPrincipal, "Owner", subscription);
  owner = createManagement(
    tenants,
    createAppService(tenants.azure, issueManagedIdentityToken),
  )(ownerPrincipal);
  group = `${subscription}/resourceGroups/rg`;
  await owner("PUT", group, { location: "westeurope" });
});

beforeEach(() => {
  principal = tenants.principal(tenants.home);
});

function path(name: string = randomUUID(), scope = group): string {
  return `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;
}

function body(changes: Record<string, unknown> = {}, role = contributor): unknown {
  const roleDefinitionId = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
  const { objectId: principalId } = principal;
  return {
    properties: { roleDefinitionId, principalId, principalType: "ServicePrincipal", ...changes },
  };
}

describe("Role Assignments", () => {
  it("creates, reads, writes again and deletes one", async () => {
    const target = path();
    const created = await owner("PUT", target, body());
    expect(created.status).toBe(201);
    expect(created.body["properties"]).toMatchObject({
      principalId: principal.objectId,
      scope: group,
    });
    const { createdBy, ...rest } = objectField((await owner("GET", target)).body, "properties");
    // Who made it is told by reads alone.
    expect(created.body["properties"]).toEqual({ ...rest, createdBy: null });
    expect(createdBy).toMatch(/^[\da-f-]{36}$/);
    expect((await owner("PUT", target, body())).status).toBe(201);
    expect((await owner("DELETE", target)).status).toBe(200);
    expect((await owner("DELETE", target)).status).toBe(204);
    expect((await owner("GET", target)).error).toMatchObject({ code: "RoleAssignmentNotFound" });
  });

  it("takes the double slash that the official client sends", async () => {
    expect((await owner("PUT", `/${path()}`, body())).status).toBe(201);
  });

  it("lists what is at, above and below a scope, and with atScope() nothing below", async () => {
    await owner("PUT", path(), body());
    const list = async (filter: string) => {
      const query = `?api-version=2022-04-01&$filter=${encodeURIComponent(filter)}`;
      const { body } = await owner("GET", `${path("", subscription).slice(0, -1)}${query}`);
      return JSON.stringify(body["value"]);
    };
    expect(await list(`principalId eq '${principal.objectId}'`)).toContain(principal.objectId);
    expect(await list("atScope()")).not.toContain(principal.objectId);
  });

  it("refuses a principal of another tenant", async () => {
    const { objectId } = tenants.principal(tenants.other);
    const { status, error } = await owner("PUT", path(), body({ principalId: objectId }));
    expect([status, error.code]).toEqual([400, "PrincipalNotFound"]);
    expect(error.message).toContain(
      `Principal ${objectId.replaceAll("-", "")} does not exist in the directory ${tenants.home.tenantId}.`,
    );
  });

  it("refuses a service principal that is said to be a user", async () => {
    const { status, error } = await owner("PUT", path(), body({ principalType: "User" }));
    expect([status, error]).toEqual([
      400,
      {
        code: "UnmatchedPrincipalType",
        message: `The PrincipalId '${principal.objectId}' has type 'ServicePrincipal' , which is different from specified PrinciaplType 'User'.`,
      },
    ]);
  });

  it("refuses the same assignment under another name", async () => {
    const name = randomUUID();
    await owner("PUT", path(name), body());
    const { status, error } = await owner("PUT", path(), body());
    expect([status, error]).toEqual([
      409,
      {
        code: "RoleAssignmentExists",
        message: `The role assignment already exists. The ID of the existing role assignment is ${name.replaceAll("-", "")}.`,
      },
    ]);
  });

  it("refuses to change an assignment's principal", async () => {
    const target = path();
    await owner("PUT", target, body());
    const { objectId } = tenants.principal(tenants.home);
    const { status, error } = await owner("PUT", target, body({ principalId: objectId }));
    expect([status, error]).toEqual([
      400,
      {
        code: "RoleAssignmentUpdateNotPermitted",
        message:
          "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
      },
    ]);
  });

  it("takes another role for an assignment", async () => {
    const target = path();
    await owner("PUT", target, body());
    const { status, body: updated } = await owner("PUT", target, body({}, reader));
    expect([status, JSON.stringify(updated)]).toEqual([201, expect.stringContaining(reader)]);
  });

  it("refuses an unknown role", async () => {
    const role = randomUUID();
    const { status, error } = await owner("PUT", path(), body({}, role));
    expect([status, error]).toEqual([
      404,
      {
        code: "RoleDefinitionDoesNotExist",
        message: `The specified role definition with ID '${role}' does not exist.`,
      },
    ]);
  });

  it("refuses another tenant's custom role", async () => {
    const role = addCustomRole(tenants.azure.state, tenants.other);
    const { status, error } = await owner("PUT", path(), body({}, role));
    expect([status, error]).toEqual([
      404,
      {
        code: "RoleDefinitionDoesNotExist",
        message: `The specified role definition with ID '${role}' does not exist.`,
      },
    ]);
  });

  it("takes a principal's id in whatever case it is written", async () => {
    const target = path();
    const principalId = principal.objectId.toUpperCase();
    expect((await owner("PUT", target, body({ principalId }))).status).toBe(201);
    const { principalId: kept } = (await owner("GET", target)).body["properties"] as {
      principalId: string;
    };
    expect(kept).toBe(principal.objectId);
  });

  it("refuses a name that is no GUID", async () => {
    const { status, error } = await owner("PUT", path("mine"), body());
    expect([status, error.code]).toEqual([400, "InvalidRoleAssignmentId"]);
    expect(error.message).toContain("The role assignment ID must be a GUID.");
  });

  it("refuses a scope that does not exist", async () => {
    const scope = `${subscription}/resourceGroups/none`;
    const { status, error } = await owner("PUT", path(randomUUID(), scope), body());
    expect([status, error]).toEqual([
      404,
      { code: "ResourceGroupNotFound", message: "Resource group 'none' could not be found." },
    ]);
  });
});
