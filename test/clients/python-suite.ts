import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { requireCommand, runCommand } from "./run-command.ts";
import type { Suite, SuiteRow } from "./suite.ts";

const cwd = join(import.meta.dirname, "python");
const needed = "the clients for Python need Python 3.11 or later with venv, pip and its registry";

/** Installs the clients for Python, at the versions of requirements.txt, into the cache unless they are there. */
export async function installPythonSuite(cache: string): Promise<Suite> {
  const python = await installPython(cache);
  const versions = await readVersions();
  const run: Suite["run"] = async (environment) => {
    const args = ["-m", "pytest", "-v", "--tb=short", "--color=no", "-p", "no:cacheprovider"];
    // Compiled modules do not belong into the tree.
    const env = { ...environment, PYTHONDONTWRITEBYTECODE: "1" };
    const { code, output } = await runCommand(python, args, { cwd, env, needed });
    return { rows: readRows(output, versions), passed: code === 0, output };
  };
  return { language: "Python", run };
}

/** A virtual environment of this Python in the cache; returns its interpreter. */
async function installPython(cache: string): Promise<string> {
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

/** Versions by package, of those that requirements.in names. */
async function readVersions(): Promise<Map<string, string>> {
  const requirements = await readFile(join(cwd, "requirements.in"), "utf8");
  const pins = requirements.matchAll(/^([\w-]+)(?:\[\w+\])?==(\S+)$/gm);
  return new Map([...pins].map(([, name = "", version = ""]) => [name, version]));
}

/** A file tests the package that it is named after: `test_azure_identity.py::test_gets_a_token[id] PASSED`. */
function readRows(output: string, versions: Map<string, string>): SuiteRow[] {
  const lines = output.matchAll(/^test_(\w+)\.py::test_(\w+)(?:\[(.+)\])? ([A-Z]+)/gm);
  return [...lines].map(([, file = "", test = "", id, outcome]) => {
    const client = file.replaceAll("_", "-");
    const name = [test.replaceAll("_", " "), id].filter((part) => part !== undefined).join(": ");
    return { client, version: versions.get(client) ?? "", name, passed: outcome === "PASSED" };
  });
}
