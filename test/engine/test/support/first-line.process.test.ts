import { spawn } from "node:child_process";
import { expect, it } from "vitest";
import { firstLine } from "./first-line.ts";

it.each([
  ["process.exitCode = 3", "exit code 3"],
  ["process.kill(process.pid)", "SIGTERM"],
])(
  "says how a process ended (%s) that was to write a line, and what it wrote",
  async (end, how) => {
    const program = `console.error("no port is free"); ${end}`;
    const child = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "pipe"] });
    await expect(firstLine("the plugin", child)).rejects.toThrow(
      `the plugin ended with ${how} before its first line:\nno port is free\n`,
    );
  },
);
