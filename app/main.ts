import { readFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import path from "node:path";
import { parseEnvironment, type Settings } from "./env.ts";
import { health } from "./health.ts";
import type { Log } from "./request-log.ts";
import { withoutTokens } from "./token/src/without-tokens.ts";

/** App Service kills a container 5 seconds after SIGTERM (WEBSITES_CONTAINER_STOP_TIME_LIMIT). */
const drainMs = 4_000;
/** Leaves the platform's first health check its answer; without one the site is loaded anyway. */
const loadDelayMs = 200;

const log: Log = (record) => void process.stdout.write(`${JSON.stringify(record)}\n`);

function main(): void {
  const settings = parseEnvironment(process.env);
  const packageHash = readPackageHash();
  const answer = whileLoading(settings, packageHash);
  // A large upload takes as long as it takes; one that stands still is ended by its slot.
  const server = createServer({ requestTimeout: 0 }, answer.listener);
  server.listen(settings.port, settings.host, () => {
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    log({ event: "listening", port, packageHash });
    setTimeout(() => void answer.load(), loadDelayMs);
  });
  process.once("SIGTERM", () => {
    server.close(() => process.exit(0));
    setTimeout(() => process.exit(1), drainMs).unref();
  });
}

/**
 * Answers the health check at once and everything else once the site is loaded: the Azure clients
 * are most of the code, and a platform that waits for the first answer sends no request before it.
 */
function whileLoading(settings: Settings, packageHash: string | undefined) {
  let site: Promise<RequestListener> | undefined;
  let loaded: RequestListener | undefined;
  const load = (): Promise<RequestListener> =>
    (site ??= import("./site.ts")
      .then(({ startSite }) => (loaded = startSite(settings, packageHash, log)))
      .catch(endProcess));
  const listener: RequestListener = (request, response) => {
    if (loaded !== undefined) return loaded(request, response);
    if (request.method === "GET" && request.url === "/healthz") {
      response.once("close", () => void load());
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(health(packageHash)));
      return undefined;
    }
    return void load().then((answer) => answer(request, response));
  };
  return { load, listener };
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

function endProcess(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

try {
  main();
} catch (error) {
  endProcess(error);
}
