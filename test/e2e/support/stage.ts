import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type LocalAzure, readRoles, readSeed, startLocalAzure, trustAuthority } from "local-azure";
import { inject } from "vitest";
import { stringify } from "yaml";
import { standIns } from "../../engine/src/plugins/stand-ins.ts";
import type { EngineResult } from "../../engine/src/workspace/run-engine.ts";
import { createWorkspace, type Workspace } from "../../engine/src/workspace/workspace.ts";
import { copyProject } from "../../infra/support/copy-project.ts";
import type { StackOutputs } from "../../start/stack-outputs.ts";
import { attachPlugins } from "./attached-plugins.ts";
import { devConfig, type StackValues } from "./dev-config.ts";
import { logToConsole } from "./log-to-console.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Path of a real azuread plugin, which `npm run test:providers` has; the stand-in runs where there is none. */
    azuread?: string;
  }
}

/** A copy of the project with its own local Azure and its own Pulumi state: everything real but Azure's address. */
export interface Stage {
  readonly azure: LocalAzure;
  /** What the local Azure, its sites and the attached stand-ins have said, a line each; a test that fails shows it. */
  readonly log: readonly string[];
  /** The copy of the project; edit it as a user would. */
  readonly projectRoot: string;
  /** Starts the stand-ins anew for every command, as `npm start` does. */
  readonly workspace: Workspace;
  /** Replaces the stack's configuration for the next command. */
  configure(values: StackValues): Promise<void>;
  /** Runs `pulumi` whatever its outcome, on stand-ins that are already started. */
  run(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<EngineResult>;
  /** The same without more in its environment. */
  pulumi(...args: string[]): Promise<EngineResult>;
  /** Runs `pulumi up`; throws with the engine's whole output when it fails. */
  up(...args: string[]): Promise<EngineResult>;
  /** Runs `pulumi destroy`; throws with the engine's whole output when it fails. */
  destroy(): Promise<EngineResult>;
  outputs(): Promise<StackOutputs>;
  close(): Promise<void>;
}

const PROJECT = resolve(import.meta.dirname, "../../..");

/**
 * Starts a stage with the dev stack's configuration, or another one, from which its local Azure is seeded too. A stage
 * that is given another's local Azure is a second stack there, and leaves it running when it closes.
 */
export async function startStage(
  values: StackValues = devConfig(),
  shared?: LocalAzure,
): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), "stage-"));
  const projectRoot = join(folder, "project");
  const parts = ["infra", "app", "Pulumi.yaml", "package.json", "tsconfig.json"];
  await copyProject(projectRoot, parts);
  const configFile = join(folder, "Pulumi.dev.yaml");
  const configure = (next: StackValues) => writeFile(configFile, yaml(next));
  await configure(values);
  const log: string[] = [];
  const azure =
    shared ??
    (await startLocalAzure(
      { ...(await readSeed(configFile)), roles: await readRoles(join(PROJECT, "infra/roles")) },
      {
        log: (...said) => void log.push(logToConsole(...said)),
      },
    ));
  trustAuthority(azure.caFile);
  const azuread = inject("azuread");
  const workspace = await createWorkspace({
    directory: join(folder, "local"),
    projectRoot,
    azure: azure.connection,
    configFile,
    azuread,
  });
  // A real plugin signs in as the one provider that started it, so each provider of each command has its own.
  const attached = azuread === undefined ? Object.values(standIns) : [standIns.azureNative];
  const plugins = await attachPlugins(
    attached,
    workspace.environment,
    (plugin, line) => void log.push(logToConsole("stand-in-error", { plugin, line })),
  );
  const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    workspace.run(args, { env: { ...plugins.environment, ...env } });
  const pulumi = (...args: string[]) => run(args);
  const succeed = async (...args: string[]) => {
    const result = await pulumi(...args);
    if (result.code === 0) return result;
    throw new Error(`pulumi ${args.join(" ")} failed:\n${result.stdout}\n${result.stderr}`);
  };
  return {
    azure,
    log,
    projectRoot,
    workspace,
    configure,
    run,
    pulumi,
    up: (...args) => succeed("up", "--yes", "--skip-preview", ...args),
    destroy: () => succeed("destroy", "--yes", "--skip-preview"),
    outputs: async () =>
      JSON.parse((await succeed("stack", "output", "--json")).stdout) as StackOutputs,
    close: async () => {
      plugins.close();
      if (shared === undefined) await azure.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function yaml(values: StackValues): string {
  const config = Object.entries(values).map(([key, value]) => [`cross-tenant-data:${key}`, value]);
  return stringify({ config: Object.fromEntries(config) });
}
