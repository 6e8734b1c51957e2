import { afterAll, beforeAll, expect } from "vitest";
import type { EngineResult } from "../../engine/src/workspace/run-engine.ts";
import type { StackOutputs } from "../../start/stack-outputs.ts";
import { type Stage, startStage } from "../support/stage.ts";

/** The dev stack, deployed; the suites beside this file look at it and leave it as it was. */
export let stage: Stage;
export let outputs: StackOutputs;
/** Everything the engine can be made to say: level 9 shows every message to and from the plugins. */
export let engineLog: string;

/** The engine starts the stand-ins itself: they have the command's environment, and it tells what they complain of. */
export function upVerbosely(env: NodeJS.ProcessEnv = {}): Promise<EngineResult> {
  const args = ["up", "--yes", "--skip-preview", "--logtostderr", "-v=9", "--logflow"];
  return stage.workspace.run(args, { env });
}

beforeAll(async () => {
  stage = await startStage();
  const { code, stdout, stderr } = await upVerbosely();
  expect(code, stdout).toBe(0);
  engineLog = stdout + stderr;
  outputs = await stage.outputs();
});
afterAll(() => stage.close());
