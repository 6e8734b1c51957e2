import { execFile } from "node:child_process";
import { mkdtempSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { engineVersion } from "../engine-version.ts";

/** The part of the npm package's lib/download.js that is used here. */
interface Installer {
  installCLI(
    version: string,
    root: string,
    io: {
      fetchText(url: string): Promise<string>;
      execScript(script: string, args: string[]): void;
    },
  ): Promise<void>;
}

// Long enough for a slow line, short enough that a machine without one is not kept waiting.
const connectTimeoutMs = 10_000;
const installTimeoutMs = 600_000;

/** Downloads the CLI the way the npm package `pulumi` does, but quietly, and gives up soon when there is no network. */
export async function downloadCli(target: string): Promise<void> {
  const installer = createRequire(import.meta.url)("pulumi/lib/download") as Installer;
  const root = mkdtempSync(join(dirname(target), "download-"));
  let install: Promise<unknown> = Promise.resolve();
  try {
    const scriptCopy = join(root, "install.sh");
    await installer.installCLI(engineVersion, root, {
      async fetchText(url) {
        const response = await fetch(url, { signal: AbortSignal.timeout(connectTimeoutMs) });
        if (!response.ok) throw new Error(`status ${response.status}`);
        return response.text();
      },
      execScript(script, args) {
        // installCLI removes the script when this returns, and the download must not block this process.
        renameSync(script, scriptCopy);
        const options = { timeout: installTimeoutMs };
        install = promisify(execFile)("/bin/sh", [scriptCopy, ...args], options);
      },
    });
    await install;
    renameSync(join(root, "bin", "pulumi"), target);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
