import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { type Stage, startStage } from "../e2e/support/stage.ts";
import { markedUp } from "./support/marked-up.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

// They are gone after five minutes (measured; a plugin of the bridge notices late that its engine is).
it("leaves the plugins running when the engine is killed", async () => {
  const up = markedUp(stage);
  onTestFinished(() => up.kill());
  const plugins = async () =>
    (await up.processes()).filter(({ text }) =>
      /azuread-6\.9\.1\S*\/pulumi-resource-azuread /.test(text),
    );
  await expect
    .poll(() => stage.azure.traffic.requests.some((request) => request.startsWith("POST graph ")))
    .toBe(true);
  const started = (await plugins()).map(({ pid }) => pid);
  expect(started).toHaveLength(2);
  const engine = (await up.processes()).find(({ text }) => /^\S+\/bin\/pulumi up /.test(text));
  process.kill(engine?.pid ?? 0, "SIGKILL");
  // The stand-ins end with the engine, and so does the program's host.
  const others = async () => {
    const left = new Set((await plugins()).map(({ pid }) => pid));
    return (await up.processes()).filter(({ pid }) => !left.has(pid)).map(({ text }) => text);
  };
  await expect.poll(others).toEqual([]);
  expect((await plugins()).map(({ pid }) => pid)).toEqual(started);
});
