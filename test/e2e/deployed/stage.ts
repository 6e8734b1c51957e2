import { afterAll, beforeAll } from "vitest";
import type { StackOutputs } from "../../start/stack-outputs.ts";
import { type Stage, startStage } from "../support/stage.ts";

/** The dev stack, deployed; the suites beside this file look at it and leave it as it was. */
export let stage: Stage;
export let outputs: StackOutputs;
/** Everything the engine can be made to say: level 9 shows every message to and from the plugins. */
export let engineLog: string;

beforeAll(async () => {
  stage = await startStage();
  const up = await stage.up("--logtostderr", "-v=9", "--logflow");
  engineLog = up.stdout + up.stderr;
  outputs = await stage.outputs();
});
afterAll(() => stage.close());
