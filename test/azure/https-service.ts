import { createServer } from "node:https";
import { getRequestListener } from "@hono/node-server";
import type { Certificate } from "./certificate.ts";
import { makeResettable } from "./faults/reset-connection.ts";
import { listenAnywhere, listenOn, type Listen } from "./listen.ts";

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

/** A Hono app of any bindings. */
interface FetchApp {
  fetch: Parameters<typeof getRequestListener>[0];
}

/** Serves a Hono app over TLS on loopback. Rejects when `listen` does. */
export async function startHttpsService(
  app: FetchApp,
  certificate: Certificate,
  listen: Listen = listenAnywhere,
): Promise<HttpsService> {
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer(
    { key: certificate.key, cert: certificate.chain },
    (request, response) => {
      void listener(request, response);
    },
  );
  // After Node's five seconds a busy client's next request would meet a reset. Connections to Azure may idle for as long
  // as its load balancer's default (learn.microsoft.com/azure/load-balancer/load-balancer-tcp-idle-timeout).
  server.keepAliveTimeout = 4 * 60_000;
  makeResettable(server);
  const port = await listen(server);
  let isOver = false;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
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
