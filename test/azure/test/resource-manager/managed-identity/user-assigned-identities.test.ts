import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { webWorld, type WebWorld } from "../web/web-world.ts";

// Document: REST reference "User Assigned Identities".

let world: WebWorld;

beforeEach(async () => {
  world = await webWorld();
});

afterEach(() => world.appService.close());

describe("User Assigned Identities", () => {
  it("creates a service principal and removes it with the identity", async () => {
    const { body } = await world.owner("GET", world.identity);
    const { principalId, clientId, tenantId } = body["properties"] as Record<string, string>;
    const principal = world.tenants.azure.state.servicePrincipals.get(principalId ?? "");
    expect([principal?.appId, principal?.tenantId]).toEqual([clientId, tenantId]);
    expect((await world.owner("PUT", world.identity, { location: "westeurope" })).body).toEqual(
      body,
    );
    expect((await world.owner("DELETE", world.identity)).status).toBe(200);
    expect(world.tenants.azure.state.servicePrincipals.has(principalId ?? "")).toBe(false);
    expect((await world.owner("DELETE", world.identity)).status).toBe(204);
  });
});
