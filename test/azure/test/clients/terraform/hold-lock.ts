import { spawn } from "node:child_process";
import { once } from "node:events";

/** Ends the apply without a change, and with it the lock. */
export type Release = () => Promise<void>;

/** Starts an apply in a folder and resolves when it asks for approval, which it does with the state locked. */
export async function holdLock(
  command: string,
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Release> {
  const child = spawn(command, ["apply", "-no-color"], { cwd, env, stdio: "pipe" });
  const closed = once(child, "close");
  let output = "";
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes("Enter a value:")) resolve();
    });
    child.once("error", reject);
    child.once("close", () => reject(new Error(`ended without asking: ${output}`)));
  });
  return async () => {
    child.stdin.end("no\n");
    await closed;
  };
}
