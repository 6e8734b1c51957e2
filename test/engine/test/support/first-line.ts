import { once } from "node:events";
import { createInterface } from "node:readline";

/** The first line of a process's output: a plugin's port. */
export async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  const [line] = (await once(createInterface({ input: stream }), "line")) as [string];
  return line;
}
