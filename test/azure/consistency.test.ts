import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { createAppService } from "./app-service/app-service.ts";
import { createEntra } from "./entra/entra.ts";
import { refusalOf, requestToken } from "./entra/exchange-client.ts";
import { createManagedIdentityPrincipal } from "./entra/managed-identity-principal.ts";
import { clientWith, deployerClient, refusal, type GraphClient } from "./graph/graph-client.ts";
import { createBareTenants } from "./resource-manager/bare-tenants.ts";
import { createManagement, type Management } from "./resource-manager/management-client.ts";
import type { ServicePrincipal } from "./state.ts";
import { dataAction } from "./storage/blob-permission.ts";
import { authorizeBlobRequest } from "./storage/storage-authorization.ts";
import { credentialFor, RESOURCE, twoTenants, type TwoTenants } from "./two-tenants.ts";

// Documents: "Important considerations and restrictions for federated identity credentials" (propagation time) and
// "Troubleshoot Azure RBAC". How long each takes on Azure varies; here it is one delay, by the injected clock.

const DELAY = { consistencyDelaySeconds: 60 };
const BLOB_READER = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";
const READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

describe("a service principal that was made within the delay", () => {
  let world: TwoTenants;
  let graph: GraphClient;
  let id: string;
  beforeEach(async () => {
    world = await delayedTenants();
    world.azure.state.servicePrincipals.delete(world.principal.objectId);
    graph = clientWith(world, 1, "Application.ReadWrite.All", "Directory.Read.All");
    const { appId } = world.application;
    const made = await graph("POST", "/servicePrincipals", { appId });
    expect(made.status).toBe(201);
    id = String(made.body["id"]);
  });

  it("refuses the exchange with AADSTS7000229 until the delay is over, to the millisecond", async () => {
    const { appId } = world.application;
    world.clock.milliseconds += 59_999;
    expect(await refusalOf(await requestToken(world))).toEqual({
      status: 401,
      error: "invalid_client",
      code: 7000229,
      text: `AADSTS7000229: The client application ${appId} is missing service principal in the tenant ${RESOURCE}. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119`,
    });
    world.clock.milliseconds += 1;
    expect((await requestToken(world)).status).toBe(200);
  });

  it("refuses reads and changes of it with 404, by each of its names", async () => {
    const { appId } = world.application;
    for (const [path, name] of [
      [`/servicePrincipals/${id}`, id],
      [`/servicePrincipals(appId='${appId}')`, appId],
      [`/directoryObjects/${id}`, id],
    ] as const) {
      expect(await refusal(graph("GET", path))).toEqual({
        status: 404,
        code: "Request_ResourceNotFound",
        message: `Resource '${name}' does not exist or one of its queried reference-property objects are not present.`,
      });
    }
    expect((await graph("PATCH", `/servicePrincipals/${id}`, { notes: "n" })).status).toBe(404);
    expect(await idsOf("/servicePrincipals")).not.toContain(id);
    world.clock.milliseconds += 60_000;
    expect((await graph("GET", `/servicePrincipals/${id}`)).status).toBe(200);
    expect(await idsOf("/servicePrincipals")).toContain(id);
  });

  it("refuses a second one: the writer is told the truth at once", async () => {
    const { appId } = world.application;
    expect((await graph("POST", "/servicePrincipals", { appId })).status).toBe(409);
  });

  it("does not tell when it will be seen", async () => {
    world.clock.milliseconds += 60_000;
    expect((await graph("GET", `/servicePrincipals/${id}`)).body).not.toHaveProperty("visibleFrom");
  });

  async function idsOf(path: string): Promise<unknown[]> {
    const { value } = (await graph("GET", path)).body as { value: { id: string }[] };
    return value.map((each) => each.id);
  }
});

describe("an application that was made within the delay", () => {
  let world: TwoTenants;
  let graph: GraphClient;
  let made: { id: string; appId: string };
  beforeEach(async () => {
    world = await delayedTenants();
    graph = clientWith(world, 0, "Application.ReadWrite.All", "Directory.Read.All");
    const body = { displayName: "late", signInAudience: "AzureADMultipleOrgs" };
    made = (await graph("POST", "/applications", body)).body as typeof made;
  });

  it("refuses reads and changes of it with 404, by each of the directory's names", async () => {
    for (const [path, name] of [
      [`/applications/${made.id}`, made.id],
      [`/applications(appId='${made.appId}')`, made.appId],
      [`/directoryObjects/${made.id}`, made.id],
    ] as const)
      expect(await refusal(graph("GET", path))).toEqual({
        status: 404,
        code: "Request_ResourceNotFound",
        message: `Resource '${name}' does not exist or one of its queried reference-property objects are not present.`,
      });
    const { body } = await graph("GET", "/applications");
    expect(body["value"]).not.toContainEqual(expect.objectContaining({ id: made.id }));
    expect((await graph("PATCH", `/applications/${made.id}`, { notes: "n" })).status).toBe(404);
    world.clock.milliseconds += 60_000;
    expect((await graph("PATCH", `/applications/${made.id}`, { notes: "n" })).status).toBe(204);
    const shown = (await graph("GET", `/applications/${made.id}`)).body;
    expect(shown).not.toHaveProperty("visibleFrom");
  });

  it("refuses a service principal of it, in either tenant, until everybody sees it", async () => {
    const other = clientWith(world, 1, "Application.ReadWrite.All");
    for (const tenant of [graph, other])
      expect(await refusal(tenant("POST", "/servicePrincipals", { appId: made.appId }))).toEqual({
        status: 400,
        code: "Request_BadRequest",
        message: `The appId '${made.appId}' of the service principal does not reference a valid application object.`,
      });
    world.clock.milliseconds += 60_000;
    for (const tenant of [graph, other])
      expect((await tenant("POST", "/servicePrincipals", { appId: made.appId })).status).toBe(201);
  });

  it("refuses the exchange with AADSTS700016", async () => {
    const { code } = await refusalOf(await requestToken(world, { client_id: made.appId }));
    expect(code).toBe(700016);
    world.clock.milliseconds += 60_000;
    const later = await refusalOf(await requestToken(world, { client_id: made.appId }));
    expect(later.code).toBe(70025);
  });

  it("is updated, and not made twice, by the key that its writer has chosen", async () => {
    const path = "/applications(uniqueName='late')";
    const upsert = (notes: string) =>
      graph("PATCH", path, { displayName: "once", notes }, { prefer: "create-if-missing" });
    expect([(await upsert("1")).status, (await upsert("2")).status]).toEqual([201, 204]);
  });
});

it("refuses reads of a managed identity's principal within the delay with 404", async () => {
  const world = await delayedTenants();
  const graph = clientWith(world, 0, "Directory.Read.All");
  const { tenantId } = world.identity;
  const late = { tenantId, resourceId: "/r", displayName: "late" };
  const { objectId } = createManagedIdentityPrincipal(world.azure, late);
  expect((await graph("GET", `/servicePrincipals/${objectId}`)).status).toBe(404);
  world.clock.milliseconds += 60_000;
  expect((await graph("GET", `/servicePrincipals/${objectId}`)).status).toBe(200);
});

describe("a federated identity credential that was made within the delay", () => {
  let world: TwoTenants;
  let graph: GraphClient;
  let path: string;
  beforeEach(async () => {
    world = await delayedTenants();
    graph = clientWith(world, 0, "Application.ReadWrite.All");
    path = `/applications/${world.application.objectId}/federatedIdentityCredentials`;
  });

  it("refuses the exchange with AADSTS70025 when it is the application's first", async () => {
    const { application } = world;
    application.federatedIdentityCredentials.clear();
    await add("first");
    const { status, code, text } = await refusalOf(await requestToken(world));
    expect([status, code]).toEqual([401, 70025]);
    expect(text).toBe(
      `AADSTS70025: The client '${application.appId}'(${application.displayName}) has no configured federated identity credentials.`,
    );
    world.clock.milliseconds += 60_000;
    expect((await requestToken(world)).status).toBe(200);
  });

  it("refuses the exchange with AADSTS700213 when the application trusts others already", async () => {
    world.credential.subject = randomUUID();
    await add("second");
    const { code, text } = await refusalOf(await requestToken(world));
    expect(code).toBe(700213);
    expect(text).toContain(`presented assertion subject '${world.identity.objectId}'`);
    world.clock.milliseconds += 60_000;
    expect((await requestToken(world)).status).toBe(200);
  });

  it("refuses reads of it with 404, and a second of its name with 409", async () => {
    world.application.federatedIdentityCredentials.clear();
    await add("late");
    expect((await graph("GET", `${path}/late`)).status).toBe(404);
    expect((await graph("GET", path)).body).toMatchObject({ value: [] });
    expect((await graph("POST", path, bodyOf("late"))).status).toBe(409);
    world.clock.milliseconds += 60_000;
    const { status, body } = await graph("GET", `${path}/late`);
    expect([status, Object.keys(body).includes("visibleFrom")]).toEqual([200, false]);
    expect((await graph("PATCH", `${path}/late`, { description: "d" })).status).toBe(204);
  });

  async function add(name: string): Promise<void> {
    expect((await graph("POST", path, bodyOf(name))).status).toBe(201);
  }

  function bodyOf(name: string) {
    const { id: _, description: __, ...body } = credentialFor(world.azure, world.identity);
    return { ...body, name };
  }
});

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
    expect((await owner("PUT", path, body)).status).toBe(200);
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

it("sees everything at once without a delay", async () => {
  const world = await twoTenants();
  world.azure.state.servicePrincipals.delete(world.principal.objectId);
  const { appId } = world.application;
  const made = await deployerClient(world, 1)("POST", "/servicePrincipals", { appId });
  const path = `/servicePrincipals/${String(made.body["id"])}`;
  expect((await deployerClient(world, 1)("GET", path)).status).toBe(200);
  expect((await requestToken(world)).status).toBe(200);
});

/** A working exchange in which what is written from now on takes a minute to be seen. */
async function delayedTenants(): Promise<TwoTenants> {
  const world = await twoTenants();
  const azure = { ...world.azure, ...DELAY };
  return { ...world, azure, entra: createEntra(azure) };
}

/** A subscription with an owner and a resource group, in which what is written from now on takes a minute to be seen. */
async function delayedSubscription() {
  const bare = await createBareTenants();
  const clock = { milliseconds: Date.now() };
  const azure = { ...bare.azure, ...DELAY, clock: { now: () => clock.milliseconds } };
  const tenants = { ...bare, azure };
  const as = createManagement(tenants, createAppService(azure));
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
