import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";

/** A Hono app of any bindings. */
export interface FetchApp {
  fetch: Parameters<typeof getRequestListener>[0];
}

/**
 * Hands a server's requests to a Hono app, but for those whose host is none: 400, as a server must answer (RFC 9112 section
 * 3.2). The app would fail on the URL that it makes of it.
 */
export function requestListener(
  app: FetchApp,
): (request: IncomingMessage, response: ServerResponse) => void {
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  return (request, response) => {
    if (URL.canParse(`https://${request.headers.host}`)) void listener(request, response);
    else response.writeHead(400, { connection: "close" }).end();
  };
}
