import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { provideCli } from "../../src/cli/provide-cli.ts";
import { engineVersion } from "../../src/engine-version.ts";

let directory: string;
let stderr: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "cli-"));
  stderr = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    stderr += text.toString();
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(directory, { recursive: true });
});

/** A CLI that only knows its version. */
function install(path: string, version: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho v${version}\n`, { mode: 0o755 });
  return path;
}

function sources(change: { download?: string; build?: string } = {}) {
  const made: string[] = [];
  const make = (how: string, failure: string | undefined) => async (target: string) => {
    made.push(how);
    await Promise.resolve();
    if (failure !== undefined) throw new Error(failure);
    install(target, engineVersion);
  };
  return {
    made,
    cache: join(directory, "cache"),
    homes: [join(directory, "home")],
    download: make("download", change.download),
    build: make("build", change.build),
  };
}

const homeCli = () => join(directory, "home", "versions", engineVersion, "bin", "pulumi");

it("prefers the CLI that it made before", async () => {
  const from = sources();
  const first = await provideCli(from);
  expect(first.startsWith(from.cache)).toBe(true);
  install(homeCli(), engineVersion);
  expect(await provideCli(from)).toBe(first);
  expect(from.made).toEqual(["download"]);
});

it("uses the user's CLI of the same version where it is", async () => {
  const from = sources();
  install(homeCli(), engineVersion);
  expect(await provideCli(from)).toBe(homeCli());
  expect(from.made).toEqual([]);
});

it("passes over a user's CLI that says another version", async () => {
  const from = sources();
  install(homeCli(), "3.1.0");
  expect(await provideCli(from)).not.toBe(homeCli());
  expect(from.made).toEqual(["download"]);
});

it("builds the CLI when it cannot be downloaded, and says why", async () => {
  const from = sources({ download: "fetch failed" });
  expect(existsSync(await provideCli(from))).toBe(true);
  expect(from.made).toEqual(["download", "build"]);
  expect(stderr).toBe(`Pulumi CLI ${engineVersion}: no download (fetch failed)\n`);
});

it("refuses with what to install when nothing works", async () => {
  const from = sources({ download: "fetch failed", build: "install Go" });
  await expect(provideCli(from)).rejects.toThrow("install Go");
});
