import { createServer } from "node:https";
import { getRequestListener } from "@hono/node-server";
import type { Certificate } from "./certificate.ts";
import { makeResettable } from "./faults/reset-connection.ts";
import { listenAnywhere, type Listen } from "./listen.ts";

/** A listening HTTPS service of the local Azure. */
export interface HttpsService {
  /** `https://localhost:<port>`, no trailing slash. */
  readonly origin: string;
  readonly port: number;
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
  makeResettable(server);
  const port = await listen(server);
  return {
    origin: `https://localhost:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
