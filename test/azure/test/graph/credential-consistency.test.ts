import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { refusalOf, requestToken } from "../entra/exchange-client.ts";
import { delayedTenants } from "../tenants/delayed-tenants.ts";
import { credentialFor, type TwoTenants } from "../tenants/two-tenants.ts";
import { clientWith, type GraphClient } from "./graph-client.ts";

// Document: "Important considerations and restrictions for federated identity credentials", propagation time. How long it
// takes on Azure varies; here it is one delay, by the injected clock.

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
