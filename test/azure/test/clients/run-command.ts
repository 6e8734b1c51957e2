import { spawn } from "node:child_process";

/** How a command ended. */
export interface CommandResult {
  readonly code: number | null;
  /** Both streams, in the order they came. */
  readonly output: string;
}

/** Where a command runs. */
export interface CommandOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** What to install when the command does not start, and what for. */
  readonly needed: string;
}

/** Runs a command to its end, whatever that is. Throws when it does not start. */
export async function runCommand(
  command: string,
  args: readonly string[],
  { cwd, env, needed }: CommandOptions,
): Promise<CommandResult> {
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("close", resolve);
    child.once("error", (cause) =>
      reject(new Error(`"${command}" does not start; ${needed}`, { cause })),
    );
  });
  return { code, output: Buffer.concat(output).toString() };
}

/** Runs a command that must succeed and returns what it printed. Throws with that when it fails. */
export async function requireCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<string> {
  const { code, output } = await runCommand(command, args, options);
  if (code === 0) return output;
  throw new Error(
    `"${command} ${args.join(" ")}" ended with ${code}; ${options.needed}\n${output}`,
  );
}
