import { createServer, type Server } from "node:https";
import type { Socket } from "node:net";
import type { Certificate } from "./certificate.ts";
import { makeResettable } from "./faults/reset-connection.ts";
import { listenAnywhere, listenOn, type Listen } from "./listen.ts";
import { requestListener, type FetchApp } from "./request-listener.ts";

/** A listening HTTPS service of the local Azure. */
export interface HttpsService {
  /** `https://localhost:<port>`, no trailing slash. */
  readonly origin: string;
  readonly port: number;
  /** Closes the port, open connections too, or opens it again. Rejects when another process has it by then. */
  refuse(refused: boolean): Promise<void>;
  /** Ends open connections too, so that nothing outlives the local Azure. */
  close(): Promise<void>;
}

/** Serves a Hono app over TLS on loopback. Rejects when `listen` does. */
export async function startHttpsService(
  app: FetchApp,
  certificate: Certificate,
  listen: Listen = listenAnywhere,
): Promise<HttpsService> {
  const { key, chain: cert } = certificate;
  const server = createServer({ key, cert }, requestListener(app));
  // After Node's five seconds a busy client's next request would meet a reset. Connections to Azure may idle for as long
  // as its load balancer's default (learn.microsoft.com/azure/load-balancer/load-balancer-tcp-idle-timeout).
  server.keepAliveTimeout = 4 * 60_000;
  makeResettable(server);
  const close = closeOf(server);
  const port = await listen(server);
  let isOver = false;
  return {
    origin: `https://localhost:${port}`,
    port,
    async refuse(refused) {
      if (refused) await close();
      else if (!server.listening && !isOver) await listenOn(server, port);
    },
    close() {
      isOver = true;
      return close();
    },
  };
}

/** Closes a server's port and its connections. One that has not said a word yet, as browsers open them, is none of HTTP's. */
function closeOf(server: Server): () => Promise<void> {
  const connections = new Set<Socket>();
  server.on("connection", (tcp: Socket) => {
    connections.add(tcp);
    tcp.once("close", () => connections.delete(tcp));
  });
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
      for (const tcp of connections) tcp.destroy();
    });
}
