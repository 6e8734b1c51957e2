import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** A running process with its command line and, behind it, its environment. */
export interface RunningProcess {
  readonly pid: number;
  readonly text: string;
}

/** Every process of this user that has this text in its command line or environment. */
export async function processesWith(text: string): Promise<RunningProcess[]> {
  const { stdout } = await promisify(execFile)("ps", ["axeww", "-o", "pid=,args="], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout
    .split("\n")
    .filter((line) => line.includes(text))
    .map((line) => ({ pid: Number.parseInt(line, 10), text: line.trim().replace(/^\d+ /, "") }));
}
