import { spawn } from "node:child_process";

/** How one command runs. */
export interface RunOptions {
  /** Added to the workspace's environment. */
  readonly env?: NodeJS.ProcessEnv;
  /** `inherit` lets a person talk to the engine; its output is then not returned. @default "pipe" */
  readonly stdio?: "pipe" | "inherit";
  /** Is given the engine's output as it comes. */
  readonly onOutput?: (text: string) => void;
  /** Interrupts the engine, as Ctrl-C does: it cancels what is under way and keeps the state. */
  readonly signal?: AbortSignal;
}

/** How a command ended. */
export interface EngineResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the CLI itself, which is what `npx pulumi` does too; but that wrapper dies of Ctrl-C at once, while the engine is
 * still cancelling and writing its state.
 */
export function runEngine(
  cli: string,
  args: readonly string[],
  { cwd, env, stdio = "pipe", onOutput, signal }: RunOptions & { readonly cwd: string },
): Promise<EngineResult> {
  const engine = spawn(cli, args, {
    cwd,
    env,
    stdio: stdio === "inherit" ? "inherit" : ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  engine.stdout?.setEncoding("utf8").on("data", (text: string) => {
    output.stdout += text;
    onOutput?.(text);
  });
  engine.stderr?.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));

  const interrupt = () => engine.kill("SIGINT");
  const kill = () => engine.kill("SIGKILL");
  signal?.addEventListener("abort", interrupt);
  process.on("exit", kill);
  return new Promise((resolve, reject) => {
    engine.once("error", reject);
    // `close` comes when the last output has been read.
    engine.once("close", (code) => {
      signal?.removeEventListener("abort", interrupt);
      process.off("exit", kill);
      resolve({ code: code ?? 1, ...output });
    });
  });
}
