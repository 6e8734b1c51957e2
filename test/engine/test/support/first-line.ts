import type { ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/**
 * The first line of a process's output, with which it says that it is ready; a plugin's is its port.
 *
 * @param name the process, for the error
 * @throws with what it wrote to standard error, when it ends before
 */
export async function firstLine(
  name: string,
  child: ChildProcessByStdio<null, Readable, Readable>,
): Promise<string> {
  let complaint = "";
  child.stderr.on("data", (text: Buffer) => (complaint += text.toString()));
  // `close` comes when the last output has been read.
  const ended = once(child, "close").then(() => {
    const how = child.signalCode ?? `exit code ${child.exitCode}`;
    throw new Error(`${name} ended with ${how} before its first line:\n${complaint}`);
  });
  const line = once(createInterface(child.stdout), "line") as Promise<[string]>;
  return (await Promise.race([line, ended]))[0];
}
