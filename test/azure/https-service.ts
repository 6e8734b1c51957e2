import { createServer } from "node:https";
import { getRequestListener } from "@hono/node-server";
import type { Certificate } from "./certificate.ts";
import { makeResettable } from "./faults/reset-connection.ts";

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

/** Serves a Hono app over TLS on a loopback port that the system chooses. */
export async function startHttpsService(
  app: FetchApp,
  certificate: Certificate,
): Promise<HttpsService> {
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer(
    { key: certificate.key, cert: certificate.chain },
    (request, response) => {
      void listener(request, response);
    },
  );
  makeResettable(server);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no TCP port to listen on");
  return {
    origin: `https://localhost:${address.port}`,
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
