import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { standIns } from "../../engine/src/plugins/stand-ins.ts";
import { firstLine } from "../../engine/test/support/first-line.ts";

/** Stand-ins that outlive a command of the engine. */
export interface AttachedPlugins {
  /** What makes the engine use them, where it would start four processes of its own for every command. */
  readonly environment: { readonly PULUMI_DEBUG_PROVIDERS: string };
  close(): void;
}

/** A stand-in, as the list of them has it. */
type StandIn = (typeof standIns)[keyof typeof standIns];

/**
 * Starts stand-ins once, for many commands: loading them is a third of a short command's time.
 *
 * @param attached which ones
 * @param environment what the engine runs with, which the stand-ins sign in by
 * @param tell is given each line that one of them writes to standard error
 * @throws when one of them ends before it is ready; the others are ended too
 */
export async function attachPlugins(
  attached: readonly StandIn[],
  environment: NodeJS.ProcessEnv,
  tell: (plugin: string, line: string) => void,
): Promise<AttachedPlugins> {
  const folder = join(import.meta.dirname, "../../engine/src/plugins");
  const plugins = attached.map(({ packageName, program }) => {
    const plugin = spawn(process.execPath, [join(folder, program)], {
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    createInterface(plugin.stderr).on("line", (line) => tell(packageName, line));
    return { packageName, plugin };
  });
  const close = () => plugins.forEach(({ plugin }) => plugin.kill());
  const ports = plugins.map(async ({ packageName, plugin }) => {
    const port = await firstLine(`the stand-in for ${packageName}`, plugin);
    return `${packageName}:${port}`;
  });
  try {
    return { environment: { PULUMI_DEBUG_PROVIDERS: (await Promise.all(ports)).join(",") }, close };
  } catch (error) {
    close();
    throw error;
  }
}
