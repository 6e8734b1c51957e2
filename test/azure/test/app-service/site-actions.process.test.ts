import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { eventually } from "../eventually.ts";
import { SiteWorld } from "./site-world.ts";

// Document: REST reference "Web Apps - Start / Stop / Restart". Real HTTPS, a real process; no Azure.

let world: SiteWorld;

beforeAll(async () => {
  world = await SiteWorld.start();
});

afterAll(() => world.close());

beforeEach(async () => {
  await world.renew();
  await world.publish();
});

const act = (action: string) => world.owner("POST", `${world.site}/${action}`);

const exits = () => world.tenants.logged.filter((line) => line.includes('"site-exit"')).length;

const state = async () => {
  const { body } = await world.owner("GET", world.site);
  return (body["properties"] as { state: string }).state;
};

describe("a site that is stopped", () => {
  it("refuses requests, runs nothing, and says so; its SCM site stays", async () => {
    const { pid } = await world.told();
    expect((await act("stop")).status).toBe(200);
    const { status, body } = await world.front("/");
    expect([status, await state()]).toEqual([403, "Stopped"]);
    expect(body).toContain("Error 403 - This web app is stopped.");
    await eventually(() => expect(() => process.kill(pid, 0)).toThrow("ESRCH"));
    expect((await world.scm("/api/deployments")).status).toBe(200);
  });

  it("stays stopped when it is written or a package is published, and runs when it is started", async () => {
    const { pid } = await world.told();
    const before = exits();
    await act("stop");
    await world.owner("PATCH", world.site, { properties: { state: "Running" } });
    await world.publish();
    expect([(await world.front("/")).status, await state()]).toEqual([403, "Stopped"]);
    expect((await act("start")).status).toBe(200);
    expect((await world.told()).pid).not.toBe(pid);
    expect(await state()).toBe("Running");
    // Had it run while it was stopped, more processes would have ended.
    expect(exits() - before).toBe(1);
  });
});

describe("a site that is restarted", () => {
  it("has another process, at once with synchronous=true", async () => {
    const { pid } = await world.told();
    expect((await act("restart?synchronous=true")).status).toBe(200);
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
    expect((await world.told()).pid).not.toBe(pid);
  });

  it.each(["start", "stop", "restart"])("refuses %s to a reader", async (action) => {
    const reader = world.tenants.principal(world.tenants.home);
    world.tenants.grant(reader, "Reader", world.site);
    const { status, error } = await world.as(reader)("POST", `${world.site}/${action}`);
    expect([status, error.code]).toEqual([403, "AuthorizationFailed"]);
    expect(error.message).toContain(`'Microsoft.Web/sites/${action}/action'`);
  });
});
