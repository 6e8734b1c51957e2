import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requireCommand, runCommand } from "../run-command.ts";
import { holdLock, type Release } from "./hold-lock.ts";
import type { Tool } from "./tool.ts";

/** What a command of the tool came to. */
export interface Outcome {
  readonly code: number | null;
  /** What it printed, in one line and without the frame around errors, which breaks their texts. */
  readonly text: string;
}

/** A configuration in a folder of its own, where its state stays too. */
export interface Workspace {
  /** Runs a command, `plan -detailed-exitcode` for example, to its end. */
  run(...args: readonly string[]): Promise<Outcome>;
  /** Creates or changes what the configuration says. Throws with what the tool printed when it fails. */
  apply(...args: readonly string[]): Promise<Outcome>;
  /** Deletes everything. Throws as `apply` does. */
  destroy(): Promise<Outcome>;
  /** Throws when the configuration and what there is differ. */
  requireNoChange(...args: readonly string[]): Promise<void>;
  /** The values of its outputs. */
  outputs(): Promise<Record<string, unknown>>;
  /** Its state, as `show -json` has it. */
  state(): Promise<unknown>;
  /** Holds the state's lock until it is released. The next apply must have something to do. */
  holdLock(): Promise<Release>;
  /** Adds a file to the configuration. */
  add(name: string, text: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Copies a configuration of this folder. `variables` are its input variables, texts or objects; `changes` go over the
 * environment that every other workspace has.
 */
export type OpenWorkspace = (
  configuration: string,
  variables?: Readonly<Record<string, unknown>>,
  changes?: NodeJS.ProcessEnv,
) => Promise<Workspace>;

/** Workspaces of one tool in one environment. */
export function workspacesOf(tool: Tool, environment: NodeJS.ProcessEnv): OpenWorkspace {
  return async (configuration, variables = {}, changes = {}) => {
    const cwd = await mkdtemp(join(tmpdir(), "terraform-"));
    await cp(join(import.meta.dirname, configuration), cwd, { recursive: true });
    const given = { ...terraformVariables(variables), ...changes, TF_IN_AUTOMATION: "1" };
    return workspaceIn(cwd, tool, { ...environment, ...given });
  };
}

function workspaceIn(cwd: string, { command, needed }: Tool, env: NodeJS.ProcessEnv): Workspace {
  const options = { cwd, env, needed };
  const run: Workspace["run"] = async (...args) => {
    const { code, output } = await runCommand(command, [...args, "-no-color"], options);
    return { code, text: oneLine(output) };
  };
  const succeed = async (...args: readonly string[]) => {
    const outcome = await run(...args);
    if (outcome.code === 0) return outcome;
    const { code, text } = outcome;
    throw new Error(`"${args.join(" ")}" ended with ${code}: ${text.slice(-3000)}`);
  };
  const json = async (subcommand: string): Promise<unknown> =>
    JSON.parse(await requireCommand(command, [subcommand, "-json"], options));
  return {
    run,
    apply: (...args) => succeed("apply", "-auto-approve", ...args),
    destroy: () => succeed("destroy", "-auto-approve"),
    requireNoChange: async (...args) => void (await succeed("plan", "-detailed-exitcode", ...args)),
    outputs: async () => {
      const outputs = (await json("output")) as Record<string, { value: unknown }>;
      return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
    },
    state: () => json("show"),
    holdLock: () => holdLock(command, cwd, env),
    add: (name, text) => writeFile(join(cwd, name), text),
    close: () => rm(cwd, { recursive: true, force: true }),
  };
}

function terraformVariables(variables: Readonly<Record<string, unknown>>): NodeJS.ProcessEnv {
  const entries = Object.entries(variables).map(([name, value]) => [
    `TF_VAR_${name}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return Object.fromEntries(entries);
}

function oneLine(output: string): string {
  return output.replaceAll(/[│╷╵]/g, " ").replaceAll(/\s+/g, " ").trim();
}
