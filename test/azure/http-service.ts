import { createServer } from "node:http";
import { listenAnywhere, type Listen } from "./listen.ts";
import { requestListener, type FetchApp } from "./request-listener.ts";

/** A listening service without TLS: the managed identity endpoints, which Azure has within the host only. */
export interface HttpService {
  /** `http://127.0.0.1:<port>`, no trailing slash. */
  readonly origin: string;
  /** Ends open connections too. */
  close(): Promise<void>;
}

/** Serves a Hono app on loopback. Rejects when `listen` does. */
export async function startHttpService(
  app: FetchApp,
  listen: Listen = listenAnywhere,
): Promise<HttpService> {
  const server = createServer(requestListener(app));
  const port = await listen(server);
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
