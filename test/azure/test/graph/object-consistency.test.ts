import { beforeEach, describe, expect, it } from "vitest";
import { RESOURCE } from "../../src/local-azure/seed/default-seed.ts";
import { createManagedIdentityPrincipal } from "../../src/world/directory/managed-identity-principal.ts";
import { refusalOf, requestToken } from "../entra/exchange-client.ts";
import { delayedTenants } from "../tenants/delayed-tenants.ts";
import { twoTenants, type TwoTenants } from "../tenants/two-tenants.ts";
import { clientWith, deployerClient, type GraphClient, refusal } from "./graph-client.ts";

// How long new objects take to be seen everywhere varies on Azure; here it is one delay, by the injected clock.

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

it("sees everything at once without a delay", async () => {
  const world = await twoTenants();
  world.azure.state.servicePrincipals.delete(world.principal.objectId);
  const { appId } = world.application;
  const made = await deployerClient(world, 1)("POST", "/servicePrincipals", { appId });
  const path = `/servicePrincipals/${String(made.body["id"])}`;
  expect((await deployerClient(world, 1)("GET", path)).status).toBe(200);
  expect((await requestToken(world)).status).toBe(200);
});
