import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { firstLine } from "../support/first-line.ts";

it("ends a plugin whose engine was killed", async () => {
  const plugin = join(import.meta.dirname, "../../src/plugins/azuread/main.ts");
  // The parent stands for the engine: it starts a plugin, tells its process id, and is killed.
  const parent = spawn(
    process.execPath,
    [
      "-e",
      `const { spawn } = require("node:child_process");
const plugin = spawn(process.execPath, [process.argv[1]], { stdio: ["ignore", "pipe", "inherit"] });
plugin.stdout.once("data", () => console.log(plugin.pid));`,
      plugin,
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const pid = Number(await firstLine("the parent", parent));
  expect(isRunning(pid)).toBe(true);
  parent.kill("SIGKILL");
  await expect.poll(() => isRunning(pid)).toBe(false);
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
