import { enableCompileCache } from "node:module";
import { parseArgs } from "node:util";
import { logToStderr } from "./log-to-stderr.ts";
import { readSeed } from "./seed/seed.ts";

// Compiling the clients and libraries that it loads is most of a start. Node keeps the result, in its own folder.
enableCompileCache();

/**
 * `npm run azure [-- --seed FILE] [--host] [--owners] [--state DIR] [--consistency-delay SECONDS]
 * [--blob-addresses path|host] [--vault-addresses listener|host]`: prints the connection as one JSON
 * line when ready and runs until SIGTERM, SIGINT or SIGHUP. `--host` adds hosts with a managed identity, for programs to
 * play; `--owners` adds an application with every right per tenant; `--state` goes on with what an earlier run has kept in
 * the folder; `--consistency-delay` is how long applications, service principals, federated credentials and role assignments
 * take to be seen; `--blob-addresses` and `--vault-addresses` are the addresses of accounts and vaults that Resource Manager reports.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: "string", default: "Pulumi.dev.yaml" },
      host: { type: "boolean", default: false },
      owners: { type: "boolean", default: false },
      state: { type: "string" },
      "consistency-delay": { type: "string", default: "0" },
      "blob-addresses": { type: "string", default: "path" },
      "vault-addresses": { type: "string", default: "listener" },
    },
  });
  const options = {
    consistencyDelaySeconds: seconds(values["consistency-delay"]),
    blobAddresses: oneOf(["path", "host"], "blob-addresses", values["blob-addresses"]),
    vaultAddresses: oneOf(["listener", "host"], "vault-addresses", values["vault-addresses"]),
    ...(values.state === undefined ? {} : { stateFolder: values.state }),
  };
  const seed = await readSeed(values.seed);
  const stopped = new Promise<string>((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.once(signal, resolve);
  });
  const { startLocalAzure } = await import("./local-azure.ts");
  const azure = await startLocalAzure(seed, options);
  const host = values.host ? { host: await azure.plantHost() } : {};
  const owners = values.owners ? { owners: azure.plantOwners() } : {};
  process.stdout.write(`${JSON.stringify({ ...azure.connection, ...host, ...owners })}\n`);
  logToStderr("stopping", { signal: await stopped });
  await azure.close();
}

function seconds(value: string): number {
  if (/^\d{1,6}$/.test(value)) return Number(value);
  throw new Error(`--consistency-delay is "${value}"; give whole seconds, such as 5`);
}

function oneOf<T extends string>(allowed: readonly T[], option: string, value: string): T {
  const found = allowed.find((one) => one === value);
  if (found !== undefined) return found;
  throw new Error(`--${option} is "${value}"; give ${allowed.join(" or ")}`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`azure: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
