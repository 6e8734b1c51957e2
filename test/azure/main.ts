import { parseArgs } from "node:util";
import { logToStderr } from "./log-to-stderr.ts";
import { startLocalAzure } from "./local-azure.ts";
import { readSeed } from "./seed.ts";

/**
 * `npm run azure [-- --seed FILE] [--host]`: prints the connection as one JSON line when ready and runs until SIGTERM, SIGINT
 * or SIGHUP. `--host` adds hosts with a managed identity, for programs to play.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: "string", default: "Pulumi.dev.yaml" },
      host: { type: "boolean", default: false },
    },
  });
  const stopped = new Promise<string>((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.once(signal, resolve);
  });
  const azure = await startLocalAzure(await readSeed(values.seed));
  const host = values.host ? { host: await azure.plantHost() } : {};
  process.stdout.write(`${JSON.stringify({ ...azure.connection, ...host })}\n`);
  logToStderr("stopping", { signal: await stopped });
  await azure.close();
}

try {
  await main();
} catch (error) {
  process.stderr.write(`azure: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
