import { join } from "node:path";
import { installPythonPackages, readPinnedVersions } from "./python-packages.ts";
import { runPytest } from "./run-pytest.ts";
import type { Suite } from "./suite.ts";

const cwd = join(import.meta.dirname, "az");
const needed = "the Azure CLI needs Python 3.11 or later with venv, pip and its registry";

/** Installs the Azure CLI, at the version of requirements.txt, into an environment of its own in the cache. */
export async function installAzSuite(cache: string): Promise<Suite> {
  const python = await installPythonPackages(join(cache, "az"), cwd, needed);
  const version = (await readPinnedVersions(cwd)).get("azure-cli") ?? "";
  const run: Suite["run"] = async (env) => {
    const { cases, ...result } = await runPytest(python, { cwd, env, needed });
    // A file tests the command group that it is named after.
    const rows = cases.map(({ file, name, passed }) => {
      return {
        client: "azure-cli",
        version,
        name: `az ${file.replaceAll("_", " ")}: ${name}`,
        passed,
      };
    });
    return { rows, ...result };
  };
  return { language: "az", run };
}
