import { createWriteStream } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { readRoles, readSeed, startLocalAzure, trustAuthority } from "local-azure";
import { standIns } from "../engine/src/plugins/stand-ins.ts";
import { readConnection } from "../engine/src/workspace/connection.ts";
import { installedPlugin } from "../engine/src/workspace/installed-plugin.ts";
import { createWorkspace, type Workspace } from "../engine/src/workspace/workspace.ts";
import { printProgress, step } from "./progress.ts";
import { proveRoundTrip } from "./round-trip.ts";
import type { StackOutputs } from "./stack-outputs.ts";
import { summary } from "./summary.ts";

const projectRoot = resolve(import.meta.dirname, "../..");
const directory = join(projectRoot, ".local");
const configFile = join(projectRoot, "Pulumi.dev.yaml");

// Ctrl-C reaches the engine by itself, SIGTERM and a closed terminal do not.
const terminated = new AbortController();
const stopped = new Promise<void>((stop) => {
  process.once("SIGINT", () => stop());
  for (const signal of ["SIGTERM", "SIGHUP"]) {
    process.once(signal, () => {
      terminated.abort();
      stop();
    });
  }
});

/** `npm start`: the local Azure, a real `pulumi up` on it, and a file through the exchange and back. */
async function main(): Promise<void> {
  await refuseSecondStart();
  // State and engine home of an earlier local Azure name addresses that listen no more.
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const seed = { ...(await readSeed(configFile)), roles: await readRoles("infra/roles") };
  const logFile = createWriteStream(join(directory, "azure.log"));
  const log = (event: string, fields = {}) =>
    void logFile.write(`${JSON.stringify({ event, ...fields })}\n`);
  const azure = await step("local Azure with two tenants", () => startLocalAzure(seed, { log }));
  try {
    trustAuthority(azure.caFile);
    const connection = JSON.stringify(azure.connection);
    await writeFile(join(directory, "azure.json"), connection, { mode: 0o600 });
    const azuread = installedPlugin(standIns.azuread);
    const plugin = azuread === undefined ? "" : `, with your azuread plugin ${azuread}`;
    const workspace = await step(`Pulumi engine${plugin}`, () =>
      createWorkspace({ directory, projectRoot, azure: azure.connection, configFile, azuread }),
    );
    await step("pulumi up", () => up(workspace));
    const outputs = await stackOutputs(workspace);
    const proof = await step("a file through the token exchange and back", () =>
      proveRoundTrip(outputs, join(projectRoot, "README.md")),
    );
    process.stdout.write(summary(outputs, proof, azure.caFile, process.stdout.isTTY));
    if (process.stdout.isTTY) await stopped;
  } finally {
    await rm(join(directory, "azure.json"), { force: true });
    await azure.close();
    logFile.end();
  }
}

async function refuseSecondStart(): Promise<void> {
  const running = await readConnection(join(directory, "azure.json")).catch(() => undefined);
  if (running === undefined) return;
  throw new Error(
    `npm start already runs here (${running.metadataHost}); end it with Ctrl-C first`,
  );
}

async function up(workspace: Workspace): Promise<void> {
  const result = await workspace.run(["up", "--yes", "--skip-preview", "--non-interactive"], {
    onOutput: printProgress,
    signal: terminated.signal,
  });
  if (result.code !== 0) throw new Error(`pulumi up failed:\n${result.stdout}${result.stderr}`);
}

async function stackOutputs(workspace: Workspace): Promise<StackOutputs> {
  const result = await workspace.run(["stack", "output", "--json"]);
  if (result.code !== 0) throw new Error(`pulumi stack output failed:\n${result.stderr}`);
  return JSON.parse(result.stdout) as StackOutputs;
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
