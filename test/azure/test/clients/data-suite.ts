import { join } from "node:path";
import { installPackageSuite } from "./package-suite.ts";
import { requireCommand } from "./run-command.ts";
import type { Suite } from "./suite.ts";

const needed = "the storage clients need curl 7.76 or later too";

/** Installs storage clients that are Python packages into the cache, and adds to them the curl that is there. */
export async function installDataSuite(cache: string): Promise<Suite> {
  const packages = await installPackageSuite(join(cache, "data"), "data", "storage");
  const options = { cwd: import.meta.dirname, env: process.env, needed };
  // `curl 8.5.0 (x86_64-pc-linux-gnu) ...`
  const version = (await requireCommand("curl", ["--version"], options)).split(" ")[1] ?? "";
  const run: Suite["run"] = async (environment, azure) => {
    const { rows, ...result } = await packages.run(environment, azure);
    return {
      rows: rows.map((row) => (row.client === "curl" ? { ...row, version } : row)),
      ...result,
    };
  };
  return { ...packages, run };
}
