import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { requireCommand } from "./run-command.ts";

/**
 * Installs what `cwd`'s requirements.txt pins into a virtual environment of this Python in the cache, unless it is there;
 * returns its interpreter. `needed` says what to install when that fails.
 */
export async function installPythonPackages(
  cache: string,
  cwd: string,
  needed: string,
): Promise<string> {
  const options = { cwd, env: process.env, needed };
  const version = (await requireCommand("python3", ["--version"], options)).trim();
  const environment = join(cache, version.replace(" ", "-").toLowerCase());
  const python = join(environment, "bin", "python");
  const requirements = await readFile(join(cwd, "requirements.txt"), "utf8");
  // Written last, so that an installation that was cut short is made again.
  const installed = join(environment, "installed.txt");
  if ((await readFile(installed, "utf8").catch(() => "")) === requirements) return python;
  await rm(environment, { recursive: true, force: true });
  await requireCommand("python3", ["-m", "venv", environment], options);
  const install = ["-m", "pip", "install", "--quiet", "--require-hashes", "-r", "requirements.txt"];
  await requireCommand(python, install, options);
  await writeFile(installed, requirements);
  return python;
}

/** Versions by package, of those that `cwd`'s requirements.in names. */
export async function readPinnedVersions(cwd: string): Promise<Map<string, string>> {
  const requirements = await readFile(join(cwd, "requirements.in"), "utf8");
  const pins = requirements.matchAll(/^([\w-]+)(?:\[\w+\])?==(\S+)$/gm);
  return new Map([...pins].map(([, name = "", version = ""]) => [name, version]));
}
