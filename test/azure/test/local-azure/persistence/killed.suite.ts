import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, it, type TestContext } from "vitest";
import type { Connection } from "../../../src/local-azure/connection.ts";
import { startLocalAzure } from "../../../src/local-azure/local-azure.ts";
import { readStateFile } from "../../../src/local-azure/persistence/state-file.ts";
import { defaultSeed } from "../../../src/local-azure/seed/default-seed.ts";
import { eventually } from "../../eventually.ts";

const MAIN = fileURLToPath(new URL("../../../src/local-azure/main.ts", import.meta.url));

describe("local-azure --state", () => {
  it("refuses a second run with the folder of one that runs", async (test) => {
    const { start, run } = await newRuns(test);
    const { child: running } = await run();
    const second = start();
    let stderr = "";
    second.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
    const [code] = (await once(second, "close")) as [number];
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^azure: ".*" is in use: .*\n$/)]);
    expect(running.exitCode).toBe(null);
  });

  it("goes on after a clean stop, where it was", async (test) => {
    const { run } = await newRuns(test);
    const first = await run("--host");
    first.child.kill("SIGTERM");
    const [code] = (await once(first.child, "close")) as [number];
    expect(code).toBe(0);
    const second = await run("--host");
    expect(second.connection).toEqual(first.connection);
  });

  it("goes on after a kill with what it had a second before", async (test) => {
    const { stateFolder, run } = await newRuns(test);
    const { child: first, connection } = await run("--host");
    // The host is planted after the first save, so only a later one can have it.
    await eventually(async () => {
      const saved = await readStateFile(join(stateFolder, "state"));
      expect(saved?.sites.size).toBe(1);
    });
    first.kill("SIGKILL");
    await once(first, "close");
    const later = await startLocalAzure(defaultSeed, { stateFolder, log: () => {} });
    try {
      expect({ ...connection, ...later.connection }).toEqual(connection);
      const types = [...later.state.resources.values()].map(({ type }) => type);
      expect(types).toContain("Microsoft.Web/sites");
    } finally {
      await later.close();
    }
  });
});

/** Runs with a folder of the test's own. Both end with the test. */
async function newRuns({ onTestFinished }: TestContext) {
  const parent = await mkdtemp(join(tmpdir(), "killed-azure-"));
  const stateFolder = join(parent, "state");
  const children: ChildProcessWithoutNullStreams[] = [];
  onTestFinished(async () => {
    for (const child of children) child.kill("SIGKILL");
    await rm(parent, { recursive: true, force: true, maxRetries: 5 });
  });
  const start = (...args: string[]) => {
    const child = spawn(process.execPath, [MAIN, "--state", stateFolder, ...args]);
    children.push(child);
    return child;
  };
  /** Waits until it is ready. */
  const run = async (...args: string[]) => {
    const child = start(...args);
    const [line] = (await once(createInterface(child.stdout), "line")) as [string];
    // The line is what main.ts prints.
    return { child, connection: JSON.parse(line) as Connection };
  };
  return { stateFolder, start, run };
}
