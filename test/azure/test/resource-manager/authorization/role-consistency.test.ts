import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { createAppService } from "../../../src/app-service/app-service.ts";
import { issueManagedIdentityToken } from "../../../src/entra/issue-token.ts";
import { dataAction } from "../../../src/storage/access/blob-permission.ts";
import { authorizeBlobRequest } from "../../../src/storage/access/storage-authorization.ts";
import type { ServicePrincipal } from "../../../src/world/directory-records.ts";
import { createManagedIdentityPrincipal } from "../../../src/world/directory/managed-identity-principal.ts";
import { createBareTenants } from "../../tenants/bare-tenants.ts";
import { DELAY } from "../../tenants/delayed-tenants.ts";
import { createManagement, type Management } from "../management-client.ts";

// Document: "Troubleshoot Azure RBAC". How long it takes on Azure varies; here it is one delay, by the injected clock.

const BLOB_READER = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";
const READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

describe("a role that was assigned within the delay", () => {
  let world: Awaited<ReturnType<typeof delayedSubscription>>;
  let reader: ServicePrincipal;
  beforeEach(async () => {
    world = await delayedSubscription();
    reader = world.tenants.principal(world.tenants.home);
  });

  it("refuses at Resource Manager with AuthorizationFailed until it is effective", async () => {
    const { owner, as, group, clock } = world;
    expect((await owner("PUT", ...world.assignment(reader, READER))).status).toBe(201);
    const { status, error } = await as(reader)("GET", group);
    expect([status, error.code]).toEqual([403, "AuthorizationFailed"]);
    expect(error.message).toContain("If access was recently granted, please refresh");
    clock.milliseconds += 60_000;
    expect((await as(reader)("GET", group)).status).toBe(200);
  });

  it("refuses at storage with AuthorizationPermissionMismatch until it is effective", async () => {
    const { owner, group, azure, clock } = world;
    await owner("PUT", ...world.assignment(reader, BLOB_READER));
    const read = () => authorizeBlobRequest(azure, reader, dataAction("read", "r"), `${group}/x`);
    expect(read).toThrow(expect.objectContaining({ code: "AuthorizationPermissionMismatch" }));
    clock.milliseconds += 60_000;
    expect(read).not.toThrow();
  });

  it("is read back at once, and is not delayed again by being written again", async () => {
    const { owner, as, group, clock } = world;
    const [path, body] = world.assignment(reader, READER);
    await owner("PUT", path, body);
    expect((await owner("GET", path)).status).toBe(200);
    clock.milliseconds += 60_000;
    expect((await owner("PUT", path, body)).status).toBe(201);
    expect((await as(reader)("GET", group)).status).toBe(200);
  });
});

describe("a role assigned to a principal that was made within the delay", () => {
  it("refuses it with PrincipalNotFound unless the principal's type is given", async () => {
    const { owner, azure, tenants, assignment, clock } = await delayedSubscription();
    const { tenantId } = tenants.home;
    const args = { tenantId, resourceId: "/r", displayName: "late" };
    const late = createManagedIdentityPrincipal(azure, args);
    const [path, body] = assignment(late, READER);
    const { principalType: _, ...untyped } = body.properties;
    const { status, error } = await owner("PUT", path, { properties: untyped });
    expect([status, error.code]).toEqual([400, "PrincipalNotFound"]);
    expect(error.message).toContain("this error might be related to a replication delay");
    expect((await owner("PUT", path, body)).status).toBe(201);
    clock.milliseconds += 60_000;
    const [second] = assignment(late, READER);
    await owner("DELETE", path);
    expect((await owner("PUT", second, { properties: untyped })).status).toBe(201);
  });
});

/** A subscription with an owner and a resource group, in which what is written from now on takes a minute to be seen. */
async function delayedSubscription() {
  const bare = await createBareTenants();
  const clock = { milliseconds: Date.now() };
  const azure = { ...bare.azure, ...DELAY, clock: { now: () => clock.milliseconds } };
  const tenants = { ...bare, azure };
  const as = createManagement(tenants, createAppService(azure, issueManagedIdentityToken));
  const principal = tenants.principal(tenants.home);
  const subscription = `/subscriptions/${tenants.home.subscriptionId}`;
  tenants.grant(principal, "Owner", subscription);
  const owner: Management = as(principal);
  const group = `${subscription}/resourceGroups/rg`;
  await owner("PUT", group, { location: "westeurope" });
  const assignment = ({ objectId: principalId }: ServicePrincipal, role: string) => {
    const path = `${group}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
    const roleDefinitionId = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
    return [
      path,
      { properties: { principalId, roleDefinitionId, principalType: "ServicePrincipal" } },
    ] as const;
  };
  return { azure, tenants, clock, as, owner, group, assignment };
}
