import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { webWorld, type WebWorld } from "./web-world.ts";

// Document: REST reference "App Service Plans".

let world: WebWorld;

beforeEach(async () => {
  world = await webWorld();
});

afterEach(() => world.appService.close());

describe("App Service Plans", () => {
  it("refuses to go while a site is on it", async () => {
    await world.owner("PUT", world.site, world.siteBody());
    const { status, error } = await world.owner("DELETE", world.plan);
    expect([status, error]).toEqual([
      409,
      {
        code: "Conflict",
        message:
          "Server farm 'plan' cannot be deleted because it has web app(s) site assigned to it.",
      },
    ]);
    expect((await world.owner("DELETE", `${world.site}?deleteEmptyServerFarm=false`)).status).toBe(
      200,
    );
    expect((await world.owner("DELETE", world.plan)).status).toBe(200);
  });
});

describe("App Service Plans, kind", () => {
  it.each([
    [{ sku: { name: "B1" }, properties: { reserved: true } }, "linux"],
    [{ sku: { name: "B1" }, properties: {} }, "app"],
    [{ sku: { name: "Y1" }, properties: {} }, "functionapp"],
    [{ sku: { name: "EP1" }, properties: {} }, "elastic"],
    [{ sku: { name: "B1" }, properties: {}, kind: "xenon" }, "xenon"],
  ])("of %j is %s", async (body, kind) => {
    await world.owner("DELETE", world.plan);
    const created = await world.owner("PUT", world.plan, { location: "westeurope", ...body });
    expect(created.body["kind"]).toBe(kind);
  });
});
