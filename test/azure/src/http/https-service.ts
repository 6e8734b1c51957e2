import { createServer } from "node:https";
import type { Certificate } from "./certificate.ts";
import { makeResettable } from "./faults/reset-connection.ts";
import { type Listen, listenAnywhere } from "./listen.ts";
import { type RefusableServer, startRefusable } from "./refusable-server.ts";
import { type FetchApp, requestListener } from "./request-listener.ts";

/** A listening HTTPS service of the local Azure. */
export interface HttpsService extends RefusableServer {
  /** `https://localhost:<port>`, no trailing slash. */
  readonly origin: string;
}

/** Serves a Hono app over TLS on loopback. Rejects when `listen` does. */
export async function startHttpsService(
  app: FetchApp,
  certificate: Certificate,
  listen: Listen = listenAnywhere,
): Promise<HttpsService> {
  const { key, chain: cert } = certificate;
  // Node's own list has no HTTP/1.0, and it then refuses the handshake of a client that offers nothing else (`curl -0`).
  const ALPNProtocols = ["http/1.1", "http/1.0"];
  const server = createServer({ key, cert, ALPNProtocols }, requestListener(app));
  // After Node's five seconds a busy client's next request would meet a reset. Connections to Azure may idle for as long
  // as its load balancer's default (learn.microsoft.com/azure/load-balancer/load-balancer-tcp-idle-timeout).
  server.keepAliveTimeout = 4 * 60_000;
  makeResettable(server);
  const started = await startRefusable(server, listen);
  return { ...started, origin: `https://localhost:${started.port}` };
}
