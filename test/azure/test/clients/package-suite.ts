import { join } from "node:path";
import { installPythonPackages, readPinnedVersions } from "./python-packages.ts";
import { runPytest } from "./run-pytest.ts";
import type { Suite } from "./suite.ts";

/** Installs the Python packages that requirements.txt of a folder pins, at these versions, into the cache unless they are there. */
export async function installPackageSuite(
  cache: string,
  folder: string,
  language: string,
): Promise<Suite> {
  const cwd = join(import.meta.dirname, folder);
  const needed = `the clients for ${language} need Python 3.11 or later with venv, pip and its registry`;
  const python = await installPythonPackages(cache, cwd, needed);
  const versions = await readPinnedVersions(cwd);
  const run: Suite["run"] = async (env) => {
    const { cases, ...result } = await runPytest(python, { cwd, env, needed });
    // A file tests the package that it is named after.
    const rows = cases.map(({ file, name, passed }) => {
      const client = file.replaceAll("_", "-");
      return { client, version: versions.get(client) ?? "", name, passed };
    });
    return { rows, ...result };
  };
  return { language, run };
}
