import { expect } from "vitest";
import { devConfig, type StackValues } from "./dev-config.ts";
import type { Stage } from "./stage.ts";

/** What the stack's error says in a preview and in an up, neither of which may write anything or look like a crash. */
export async function stackRefusals(
  stage: Stage,
  change: StackValues,
  env: NodeJS.ProcessEnv = {},
): Promise<string[]> {
  await stage.configure(devConfig(change));
  const said = [];
  for (const args of [["preview"], ["up", "--yes", "--skip-preview"]]) {
    const { code, stdout, stderr } = await stage.run(args, env);
    expect(code).not.toBe(0);
    expect(stdout + stderr).not.toMatch(/unhandled|canary|^\s+at /im);
    said.push(stackError(stdout));
  }
  expect(stage.azure.traffic.writes).toEqual([]);
  return said;
}

function stackError(stdout: string): string {
  const [, error] =
    / {2}pulumi:pulumi:Stack \(cross-tenant-data-dev\):\n {4}error: ([^]*?)\n\n/.exec(stdout) ?? [];
  if (error === undefined) throw new Error(`no error of the stack in: ${stdout}`);
  // Azure ends its text with advice on transferred subscriptions.
  return error
    .split("\n")
    .map((line) => line.replace(/^ {4}/, "").replace(/ Please use the authority .*$/, ""))
    .join("\n");
}
