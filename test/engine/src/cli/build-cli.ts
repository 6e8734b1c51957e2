import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { renameSync, rmSync } from "node:fs";
import { promisify } from "node:util";
import { engineVersion } from "../engine-version.ts";

const run = promisify(execFile);
const progressIntervalMs = 15_000;

/** Builds the CLI from the Go module that is pinned beside this file; about five minutes on two cores. */
export async function buildCli(target: string): Promise<void> {
  await run("go", ["version"]).catch((cause: unknown) => {
    throw new Error(
      `no Pulumi CLI ${engineVersion}: it is not installed, it could not be downloaded, and to build it Go 1.25 or later is needed; install Go, or connect to the Internet, or put the CLI into ~/.pulumi/versions/${engineVersion}/bin`,
      { cause },
    );
  });
  // Renamed when it is whole: two builders then only do the work twice.
  const partial = `${target}.${randomUUID()}.partial`;
  const started = Date.now();
  const progress = setInterval(() => {
    report(`still building, ${Math.round((Date.now() - started) / 1000)} s`);
  }, progressIntervalMs);
  report("building it from its Go module, once per machine, about 5 minutes");
  try {
    await run("go", buildArguments(partial), {
      cwd: import.meta.dirname,
      env: { ...process.env, CGO_ENABLED: "0", GOWORK: "off" },
      maxBuffer: 64 * 1024 * 1024,
    });
    renameSync(partial, target);
  } finally {
    clearInterval(progress);
    rmSync(partial, { force: true });
  }
  report(`built in ${Math.round((Date.now() - started) / 1000)} s`);
}

// The flags of Pulumi's own release build (.goreleaser.yml): without a version the CLI refuses requiredPulumiVersion.
function buildArguments(output: string): string[] {
  const version = `github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${engineVersion}`;
  return [
    "build",
    "-trimpath",
    "-tags=osusergo,grpcnotrace",
    `-ldflags=-s -w -X ${version}`,
    "-o",
    output,
    "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
  ];
}

function report(text: string): void {
  process.stderr.write(`Pulumi CLI ${engineVersion}: ${text}\n`);
}
