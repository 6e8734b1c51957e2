import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";

/** A listening service without TLS: the managed identity endpoints, which Azure has within the host only. */
export interface HttpService {
  /** `http://127.0.0.1:<port>`, no trailing slash. */
  readonly origin: string;
  /** Ends open connections too. */
  close(): Promise<void>;
}

/** A Hono app of any bindings. */
interface FetchApp {
  fetch: Parameters<typeof getRequestListener>[0];
}

/** Serves a Hono app on a loopback port that the system chooses. */
export async function startHttpService(app: FetchApp): Promise<HttpService> {
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => void listener(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
