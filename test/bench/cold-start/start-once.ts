import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { get } from "node:http";
import path from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

/** One start of one program. */
export interface Start {
  /** From the start of the process to the end of its first answer. */
  readonly milliseconds: number;
  /** Its memory at that moment. */
  readonly megabytes: number;
}

/**
 * Starts a program that says on its first line of output which port it listens on, asks for its
 * health and ends it.
 *
 * @throws when it ends, or answers anything but 200.
 */
export async function startOnce(
  file: string,
  env: Readonly<Record<string, string>>,
): Promise<Start> {
  const started = performance.now();
  const child = spawn(process.execPath, [file], {
    cwd: path.dirname(file),
    env: { ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  try {
    const ended = exited.then(() => Promise.reject(new Error(`${file} ended before it answered`)));
    const [line] = await Promise.race([once(createInterface(child.stdout), "line"), ended]);
    const { port }: { port: number } = JSON.parse(String(line));
    await askHealth(port);
    const milliseconds = performance.now() - started;
    return { milliseconds, megabytes: await residentMegabytes(child.pid ?? 0) };
  } finally {
    child.kill("SIGKILL");
    await exited;
  }
}

async function askHealth(port: number): Promise<void> {
  const request = get({ host: "127.0.0.1", port, path: "/healthz", agent: false });
  const [response] = await once(request, "response");
  response.resume();
  await once(response, "end");
  if (response.statusCode !== 200) throw new Error(`/healthz answered ${response.statusCode}`);
}

async function residentMegabytes(pid: number): Promise<number> {
  // Small Linux images have no ps, macOS has no /proc.
  const kilobytes =
    process.platform === "linux"
      ? /VmRSS:\s+(\d+) kB/.exec(await readFile(`/proc/${pid}/status`, "utf8"))?.[1]
      : (await promisify(execFile)("ps", ["-o", "rss=", "-p", String(pid)])).stdout;
  return Number(kilobytes) / 1024;
}
