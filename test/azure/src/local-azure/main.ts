#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import { logToStderr } from "./log-to-stderr.ts";
import { readOptions } from "./read-options.ts";
import { defaultSeed } from "./seed/default-seed.ts";
import { readRoles } from "./seed/roles.ts";
import { readSeed } from "./seed/seed.ts";

// Compiling the clients and libraries that it loads is most of a start. Node keeps the result, in its own folder.
enableCompileCache();

/**
 * `local-azure`: prints the connection as one JSON line when ready and runs until SIGTERM, SIGINT or SIGHUP. `readOptions`
 * has its options, README.md what each does.
 */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help !== undefined) {
    process.stdout.write(`${options.help}\n`);
    return;
  }
  const tenants = options.seed === undefined ? defaultSeed : await readSeed(options.seed);
  const roles = options.roles === undefined ? {} : { roles: await readRoles(options.roles) };
  const stopped = new Promise<string>((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.once(signal, resolve);
  });
  const { startLocalAzure } = await import("./local-azure.ts");
  const azure = await startLocalAzure({ ...tenants, ...roles }, options.azure);
  const host = options.host ? { host: await azure.plantHost() } : {};
  const owners = options.owners ? { owners: azure.plantOwners() } : {};
  process.stdout.write(`${JSON.stringify({ ...azure.connection, ...host, ...owners })}\n`);
  logToStderr("stopping", { signal: await stopped });
  await azure.close();
}

try {
  await main();
} catch (error) {
  process.stderr.write(`azure: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
