import { resolve } from "node:path";
import { standIns } from "./plugins/stand-ins.ts";
import { readConnection } from "./workspace/connection.ts";
import { installedPlugin } from "./workspace/installed-plugin.ts";
import { refuseLostChange } from "./workspace/refuse-lost-change.ts";
import { createWorkspace } from "./workspace/workspace.ts";

// Ctrl-C reaches the engine too, which then cancels and keeps the state; this process waits for it.
process.on("SIGINT", () => undefined);
const terminated = new AbortController();
process.on("SIGTERM", () => terminated.abort());

const projectRoot = resolve(import.meta.dirname, "../../..");
const directory = resolve(projectRoot, ".local");
try {
  refuseLostChange(process.argv.slice(2));
  const workspace = await createWorkspace({
    directory,
    projectRoot,
    azure: await readConnection(resolve(directory, "azure.json")),
    configFile: resolve(projectRoot, "Pulumi.dev.yaml"),
    azuread: installedPlugin(standIns.azuread),
  });
  const options = { stdio: "inherit", signal: terminated.signal } as const;
  const { code } = await workspace.run(process.argv.slice(2), options);
  process.exitCode = code;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
