import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { buildCli } from "../../src/cli/build-cli.ts";
import { engineVersion } from "../../src/engine-version.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "build-"));
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

/** A `go` that builds a file with the arguments it was given. */
function installGo(script: string): void {
  writeFileSync(join(directory, "go"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  vi.stubEnv("PATH", `${directory}:${process.env["PATH"]}`);
}

const build = `[ "$1" = version ] && exit 0
while [ "$1" != -o ]; do all="$all $1"; shift; done
echo "$all" > "$2"`;

it("refuses without Go, with what to install", async () => {
  vi.stubEnv("PATH", directory);
  await expect(buildCli(join(directory, "pulumi"))).rejects.toThrow(
    `no Pulumi CLI ${engineVersion}: it is not installed, it could not be downloaded, and to build it Go 1.25 or later is needed; install Go, or connect to the Internet, or put the CLI into ~/.pulumi/versions/${engineVersion}/bin`,
  );
});

it("builds with the version that the npm package pins", async () => {
  installGo(build);
  const target = join(directory, "pulumi");
  await buildCli(target);
  expect(readFileSync(target, "utf8")).toContain(`version.Version=v${engineVersion}`);
});

it("leaves one whole file when two build at once", async () => {
  installGo(build);
  const target = join(directory, "pulumi");
  await Promise.all([buildCli(target), buildCli(target)]);
  expect(readFileSync(target, "utf8")).toContain("build -trimpath");
  expect(readdirSync(directory).sort()).toEqual(["go", "pulumi"]);
});

it("leaves nothing when the build fails", async () => {
  installGo(`[ "$1" = version ] && exit 0; echo "no space left" >&2; exit 1`);
  await expect(buildCli(join(directory, "pulumi"))).rejects.toThrow("no space left");
  expect(readdirSync(directory)).toEqual(["go"]);
});
