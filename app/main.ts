import { readFileSync } from "node:fs";
import path from "node:path";
import { serve } from "@hono/node-server";
import { withoutTokens } from "cross-tenant-tokens";
import { parseEnvironment } from "./env.ts";
import type { Log } from "./request-log.ts";
import { startSite } from "./site.ts";
import { unknownFields } from "./target.ts";

/** App Service kills a container 5 seconds after SIGTERM (WEBSITES_CONTAINER_STOP_TIME_LIMIT). */
const drainMs = 4_000;

const log: Log = (record) => void process.stdout.write(`${JSON.stringify(record)}\n`);

function main(): void {
  const settings = parseEnvironment(process.env);
  const { port, host } = settings;
  const unknown = unknownFields(process.env["TARGETS"] ?? "");
  if (unknown.length > 0) log({ event: "unknown fields in TARGETS", fields: unknown });
  const packageHash = readPackageHash();
  const site = startSite(settings, packageHash, log);
  // A large upload takes as long as it takes; one that stands still is ended by its slot.
  const serverOptions = { requestTimeout: 0 };
  const server = serve(
    { fetch: site.fetch, port, ...(host !== undefined && { hostname: host }), serverOptions },
    (address) => log({ event: "listening", port: address.port, packageHash }),
  );
  process.once("SIGTERM", () => {
    server.close(() => process.exit(0));
    setTimeout(() => process.exit(1), drainMs).unref();
  });
}

function readPackageHash(): string | undefined {
  const file = path.join(path.dirname(process.argv[1] ?? ""), "package-hash.txt");
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    // Running from sources: no package, no hash.
    return undefined;
  }
}

// The Azure clients can reject a promise that nobody holds; one tenant's outage must not end the
// process for all of them.
process.on("unhandledRejection", (reason) => {
  const told = reason instanceof Error ? reason.stack : undefined;
  log({ event: "unhandled rejection", stack: withoutTokens(told ?? String(reason)) });
});

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
