import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { provideCli } from "../cli/provide-cli.ts";
import type { Connection } from "./connection.ts";
import { engineEnvironment } from "./engine-environment.ts";
import { prepareEngineHome } from "./engine-home.ts";
import { type EngineResult, runEngine, type RunOptions } from "./run-engine.ts";
import { readProjectName, refreshConfigCopy, writeInitProject } from "./stack-config.ts";

/** What a workspace is made from. */
export interface WorkspaceOptions {
  /** Where the state, the engine's home and the copy of the configuration live; created when missing. */
  readonly directory: string;
  /** The directory of Pulumi.yaml. */
  readonly projectRoot: string;
  readonly azure: Connection;
  /** The stack's configuration; it is copied before every command and never written. */
  readonly configFile: string;
  /** @default "dev" */
  readonly stack?: string;
  /** Path of a real azuread plugin. @default - the stand-in */
  readonly azuread?: string | undefined;
}

/** A Pulumi project with its own engine home, state and configuration, on the local Azure. */
export interface Workspace {
  /** What every command runs with. */
  readonly environment: NodeJS.ProcessEnv;
  /** Runs `pulumi` with these arguments. A failing command is a result, not an error. */
  run(args: readonly string[], options?: RunOptions): Promise<EngineResult>;
}

// `pulumi <command> --config-file` exists for these; the others read no stack configuration.
const configuredCommands = new Set(
  "config destroy dn down import logs pre preview refresh up update watch".split(" "),
);

/**
 * Prepares the engine for one stack, which is created in `directory` when it is not there yet.
 *
 * @throws when there is no CLI of the pinned version and none can be made
 */
export async function createWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const { directory, projectRoot, azure, configFile, stack = "dev", azuread } = options;
  const [home, state, init] = ["pulumi-home", "state", "init"].map((name) => {
    const path = join(directory, name);
    mkdirSync(path, { recursive: true });
    return path;
  }) as [string, string, string]; // map keeps the number of items
  const cli = prepareEngineHome(home, await provideCli(), azuread);
  const environment = {
    ...engineEnvironment(process.env, azure),
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: pathToFileURL(state).href,
    PULUMI_STACK: stack,
    // Every command starts the program and four providers anew; compiled code of the last one is loaded faster.
    NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] ?? join(home, "compile-cache"),
  };
  const configCopy = join(directory, `Pulumi.${stack}.yaml`);

  const initialise = async () => {
    const project = readProjectName(projectRoot);
    if (existsSync(join(state, ".pulumi", "stacks", project, `${stack}.json`))) return;
    writeInitProject(init, project);
    const result = await runEngine(cli, ["stack", "init", stack, "--non-interactive"], {
      cwd: init,
      env: environment,
    });
    if (result.code !== 0) throw new Error(`cannot create stack "${stack}": ${result.stderr}`);
  };

  return {
    environment,
    async run(args, runOptions = {}) {
      await initialise();
      refreshConfigCopy(configFile, configCopy, join(init, `Pulumi.${stack}.yaml`));
      const env = { ...environment, ...runOptions.env };
      return runEngine(cli, withConfigFile(args, configCopy), {
        ...runOptions,
        cwd: projectRoot,
        env,
      });
    },
  };
}

function withConfigFile(args: readonly string[], configFile: string): string[] {
  const [command = "", ...rest] = args;
  const given = rest.some((argument) => argument.startsWith("--config-file"));
  if (given || !configuredCommands.has(command)) return [...args];
  return [command, "--config-file", configFile, ...rest];
}
