import { readFileSync } from "node:fs";
import path from "node:path";
import { createDefaultHttpClient } from "@azure/core-rest-pipeline";
import { serve } from "@hono/node-server";
import { createApp } from "./app.ts";
import { azureBlobStore } from "./azure-blob-store.ts";
import { parseEnvironment } from "./env.ts";
import type { Log } from "./request-log.ts";
import { systemClock } from "./token/clock.ts";
import { createTokenSource } from "./token/token-source.ts";

/** The one scope of Azure Storage, the same in every cloud (learn.microsoft.com "Authorize access to blobs using Microsoft Entra ID"). */
const storageScope = "https://storage.azure.com/.default";
const limits = { maxInFlightPerTarget: 32, deadlineMs: 30_000 };
/** App Service kills a container 5 seconds after SIGTERM (WEBSITES_CONTAINER_STOP_TIME_LIMIT). */
const drainMs = 4_000;

const log: Log = (record) => void process.stdout.write(`${JSON.stringify(record)}\n`);

function main(): void {
  const settings = parseEnvironment(process.env);
  const tokens = createTokenSource({
    ...settings,
    scope: storageScope,
    httpClient: createDefaultHttpClient(),
    clock: systemClock,
  });
  const app = createApp({
    settings,
    ...readPackageHash(),
    tokens,
    openStore: (target) => azureBlobStore(target, () => tokens.getToken(target.tenantId)),
    limits,
    clock: systemClock,
    log,
  });
  const server = serve(
    {
      fetch: app.fetch,
      port: settings.port,
      ...(settings.host === undefined ? {} : { hostname: settings.host }),
      // A large upload takes as long as it takes; one that stands still is ended by its slot.
      serverOptions: { requestTimeout: 0 },
    },
    ({ port }) => log({ event: "listening", port, ...readPackageHash() }),
  );
  process.once("SIGTERM", () => {
    server.close(() => process.exit(0));
    setTimeout(() => process.exit(1), drainMs).unref();
  });
}

function readPackageHash(): { packageHash?: string } {
  const file = path.join(path.dirname(process.argv[1] ?? ""), "package-hash.txt");
  try {
    return { packageHash: readFileSync(file, "utf8").trim() };
  } catch {
    // Running from sources: no package, no hash.
    return {};
  }
}

// The Azure clients can reject a promise that nobody holds; one tenant's outage must not end the
// process for all of them.
process.on("unhandledRejection", (reason) => {
  log({ event: "unhandled rejection", message: reason instanceof Error ? reason.message : "" });
});

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
