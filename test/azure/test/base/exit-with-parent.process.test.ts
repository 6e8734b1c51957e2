import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";
import { exitWithParent } from "../../src/base/exit-with-parent.ts";
import { eventually } from "../eventually.ts";

/** Starts a child as the local Azure does, prints its process id, and waits for ever. */
const parentProgram = `
  const { spawn } = require("node:child_process");
  const forever = "setInterval(() => undefined, 1000)";
  const options = { stdio: ["pipe", "ignore", "ignore"] };
  console.log(spawn(process.execPath, ["--import", process.argv[1], "-e", forever], options).pid);
  setInterval(() => undefined, 1000);`;

it("ends a child process when its parent is killed", async () => {
  const parent = spawn(process.execPath, ["-e", parentProgram, exitWithParent]);
  const [line] = (await once(parent.stdout, "data")) as [Buffer];
  const child = Number(line.toString());
  expect(process.kill(child, 0)).toBe(true);
  parent.kill("SIGKILL");
  await eventually(() => expect(() => process.kill(child, 0)).toThrow("ESRCH"));
});
