import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { standIns } from "../../engine/src/plugins/stand-ins.ts";

/** Stand-ins that outlive a command of the engine. */
export interface AttachedPlugins {
  /** What makes the engine use them, where it would start four processes of its own for every command. */
  readonly environment: { readonly PULUMI_DEBUG_PROVIDERS: string };
  close(): void;
}

/**
 * Starts each stand-in once, for many commands: loading them is a third of a short command's time.
 *
 * @param environment what the engine runs with, which the stand-ins sign in by
 */
export async function attachPlugins(environment: NodeJS.ProcessEnv): Promise<AttachedPlugins> {
  const plugins = Object.values(standIns).map(({ packageName, program }) => ({
    packageName,
    process: spawn(process.execPath, [join(import.meta.dirname, "../../engine/src/plugins", program)], {
      env: environment,
      stdio: ["ignore", "pipe", "inherit"],
    }),
  }));
  const ports = plugins.map(async ({ packageName, process }) => {
    const [port] = (await once(createInterface(process.stdout), "line")) as [string];
    return `${packageName}:${port}`;
  });
  return {
    environment: { PULUMI_DEBUG_PROVIDERS: (await Promise.all(ports)).join(",") },
    close: () => plugins.forEach(({ process }) => process.kill()),
  };
}
