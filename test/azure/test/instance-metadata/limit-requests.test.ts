import { beforeEach, describe, expect, it } from "vitest";
import {
  createMachineWorld,
  type MachineWorld,
  type MetadataAnswer,
  TOKEN,
} from "./machine-world.ts";

let world: MachineWorld;
let ask: (path: string, init?: RequestInit) => Promise<MetadataAnswer>;
beforeEach(async () => {
  world = await createMachineWorld();
  await world.putMachine("vm", { type: "SystemAssigned" });
  ask = world.metadata("vm");
});

const throttled = {
  status: 429,
  body: {
    error: "invalid_request",
    error_description: "Temporarily throttled, too many requests",
  },
};

describe("Managed identities, frequently asked questions: rate limits of the instance metadata service", () => {
  it("refuses the 21st token request of a second, and serves again when the first is a second old", async () => {
    const start = world.clock.milliseconds;
    for (let request = 0; request < 20; request += 1) {
      world.clock.milliseconds = start + request * 10;
      expect((await ask(TOKEN)).status).toBe(200);
    }
    world.clock.milliseconds = start + 999;
    expect(await ask(TOKEN)).toMatchObject(throttled);
    world.clock.milliseconds = start + 1000;
    expect((await ask(TOKEN)).status).toBe(200);
    expect(await ask(TOKEN)).toMatchObject(throttled);
  });

  it("counts requests that are refused for another reason too", async () => {
    for (let request = 0; request < 20; request += 1)
      expect((await ask(`${TOKEN}&client_id=none`)).status).toBe(400);
    expect(await ask(TOKEN)).toMatchObject(throttled);
  });

  it("refuses the sixth concurrent request", async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask(TOKEN)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect((await ask(TOKEN)).status).toBe(200);
  });

  it("limits each machine by itself", async () => {
    await world.putMachine("other", { type: "SystemAssigned" });
    const other = world.metadata("other");
    const five = Array.from({ length: 5 }, () => ask(TOKEN));
    expect((await other(TOKEN)).status).toBe(200);
    await Promise.all(five);
  });
});
