import { randomUUID } from "node:crypto";
import type { RunOptions } from "../../engine/src/workspace/run-engine.ts";
import { processesWith, type RunningProcess } from "../../e2e/support/processes.ts";
import type { Stage } from "../../e2e/support/stage.ts";

/** An `up` whose processes all carry a mark in their environment. */
export interface MarkedUp {
  /** What it has printed so far. */
  output(): string;
  processes(): Promise<RunningProcess[]>;
  /** Ends all of its processes, which real plugins do not do by themselves. */
  kill(): Promise<void>;
}

/** Starts `pulumi up`, with every plugin a process of its own. */
export function markedUp(stage: Stage, options: RunOptions = {}): MarkedUp {
  const id = randomUUID();
  let output = "";
  const ended = stage.workspace.run(["up", "--yes", "--skip-preview"], {
    ...options,
    env: { MARKER_OF_THE_TEST: id },
    onOutput: (text) => (output += text),
  });
  const processes = () => processesWith(`MARKER_OF_THE_TEST=${id}`);
  return {
    output: () => output,
    processes,
    async kill() {
      for (const { pid } of await processes()) process.kill(pid, "SIGKILL");
      await ended;
    },
  };
}
