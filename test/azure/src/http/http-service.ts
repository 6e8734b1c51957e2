import { createServer } from "node:http";
import { type Listen, listenAnywhere } from "./listen.ts";
import { type RefusableServer, startRefusable } from "./refusable-server.ts";
import { type FetchApp, requestListener } from "./request-listener.ts";

/** A listening service without TLS: the managed identity endpoints, which Azure has within the host only. */
export interface HttpService extends RefusableServer {
  /** `http://127.0.0.1:<port>`, no trailing slash. */
  readonly origin: string;
}

/** Serves a Hono app on loopback. Rejects when `listen` does. */
export async function startHttpService(
  app: FetchApp,
  listen: Listen = listenAnywhere,
): Promise<HttpService> {
  const server = createServer(requestListener(app));
  // As in `startHttpsService`.
  server.keepAliveTimeout = 4 * 60_000;
  const started = await startRefusable(server, listen);
  return { ...started, origin: `http://127.0.0.1:${started.port}` };
}
