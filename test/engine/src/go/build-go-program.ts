import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { renameSync, rmSync } from "node:fs";
import { promisify } from "node:util";

const run = promisify(execFile);
const progressIntervalMs = 15_000;

/** A program that is built from Go modules. */
export interface GoProgram {
  /** What messages call it. */
  readonly name: string;
  /** The folder of its go.mod. */
  readonly folder: string;
  readonly package: string;
  /** Flags of `go build` beside `-trimpath` and the output. */
  readonly flags: readonly string[];
  /** Why it is needed and what to do, when there is no Go. */
  readonly needed: string;
}

/** Builds a program, with progress on stderr; about five minutes on two cores. The file appears at `target` in one step. */
export async function buildGoProgram(program: GoProgram, target: string): Promise<void> {
  await run("go", ["version"]).catch((cause: unknown) => {
    throw new Error(program.needed, { cause });
  });
  const report = (text: string) => process.stderr.write(`${program.name}: ${text}\n`);
  // Renamed when it is whole: two builders then only do the work twice.
  const partial = `${target}.${randomUUID()}.partial`;
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const progress = setInterval(() => report(`still building, ${seconds()} s`), progressIntervalMs);
  report("building it from its Go module, once per machine, about 5 minutes");
  try {
    const args = ["build", "-trimpath", ...program.flags, "-o", partial, program.package];
    await run("go", args, {
      cwd: program.folder,
      env: { ...process.env, CGO_ENABLED: "0", GOWORK: "off" },
      maxBuffer: 64 * 1024 * 1024,
    });
    renameSync(partial, target);
  } finally {
    clearInterval(progress);
    rmSync(partial, { force: true });
  }
  report(`built in ${seconds()} s`);
}
