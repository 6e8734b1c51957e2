import { appendFileSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { isJsonObject, objectField } from "../base/json.ts";
import type { Azure } from "../service/azure.ts";
import type { Resource } from "../world/resource-records.ts";

/** Of the worker that runs the site; Azure's are such as `lw0sdlwk0001TB`. */
const machine = "local_default";

/**
 * Whether what a site's container prints is kept. The Azure CLI's `--docker-container-logging filesystem` and the portal's
 * "Application logging: File System" of a Linux site are `httpLogs.fileSystem` of `config/logs` (source: azure-cli,
 * appservice/custom.py, config_diagnostics).
 */
export function keepsOutput({ state }: Azure, site: Resource): boolean {
  const logs = state.resources.get(`${site.id}/config/logs`.toLowerCase())?.properties ?? {};
  const { fileSystem } = objectField(logs, "httpLogs");
  return isJsonObject(fileSystem) && fileSystem["enabled"] === true;
}

/** Appends a line to today's log of the container, in the form of those that people show (`2024_02_07_…_default_docker.log`). */
export function keepLine(folder: string, now: Date, line: string): void {
  const time = now.toISOString();
  const name = `${time.slice(0, 10).replaceAll("-", "_")}_${machine}_docker.log`;
  try {
    appendFileSync(join(folder, name), `${time.replace("Z", "000000Z")} ${line}\n`);
  } catch (error) {
    // A site's last words may come after it was deleted with its files.
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

/** The container logs of a folder, as `GET /api/logs/docker` tells them (source: KuduLite, DiagnosticsController). */
export async function dockerLogs(folder: string) {
  const names = await readdir(folder).catch((): string[] => []);
  return Promise.all(
    names
      .filter((name) => /^\d{4}_\d{2}_\d{2}_.*_docker\.log$/.test(name))
      .map(async (name) => {
        const { mtime, size } = await stat(join(folder, name));
        const machineName = name.slice(11, -"_docker.log".length);
        return { name, machineName, lastUpdated: mtime.toISOString(), size };
      }),
  );
}
