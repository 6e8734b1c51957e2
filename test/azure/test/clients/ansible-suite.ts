import { join } from "node:path";
import { installPythonPackages, readPinnedVersions } from "./python-packages.ts";
import { runPytest } from "./run-pytest.ts";
import type { Suite } from "./suite.ts";

const cwd = join(import.meta.dirname, "ansible");
const needed =
  "Ansible needs a python3 that is 3.12 or later with venv, pip and its registry, and 1.7 GB";

/** Installs Ansible with its Azure collection, at the version of requirements.txt, into an environment of its own in the cache. */
export async function installAnsibleSuite(cache: string): Promise<Suite> {
  const python = await installPythonPackages(join(cache, "ansible"), cwd, needed);
  const version = (await readPinnedVersions(cwd)).get("ansible") ?? "";
  const run: Suite["run"] = async (env) => {
    const { cases, ...result } = await runPytest(python, { cwd, env, needed });
    const rows = cases.map(({ file, name, passed }) => {
      return { client: "ansible", version, name: `${file}: ${name}`, passed };
    });
    return { rows, ...result };
  };
  return { language: "Ansible", run };
}
