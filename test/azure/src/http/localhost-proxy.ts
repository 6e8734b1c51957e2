import { createServer, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { type Listen, listenAnywhere } from "./listen.ts";

/** A listening proxy. */
export interface LocalhostProxy {
  /** `http://127.0.0.1:<port>`: what `HTTPS_PROXY` is set to. */
  readonly origin: string;
  /** Ends open tunnels too. */
  close(): Promise<void>;
}

/**
 * A proxy that tunnels to this machine and to nowhere else (RFC 9110 section 9.3.6). For a client whose resolver does not know
 * the names under localhost as loopback, which RFC 6761 section 6.3 only recommends: through a proxy, names are the proxy's to
 * resolve. TLS is between client and service, so certificates are verified as without it.
 */
export async function startLocalhostProxy(
  listen: Listen = listenAnywhere,
): Promise<LocalhostProxy> {
  const tunnels = new Set<Duplex>();
  const server = createServer((_, response) => {
    response.writeHead(405, { allow: "CONNECT" }).end("this proxy tunnels only\n");
  });
  server.on("connect", (request: IncomingMessage, client: Duplex, head: Buffer) => {
    tunnels.add(client);
    client.once("close", () => tunnels.delete(client));
    // A client may be gone before it has its answer.
    client.on("error", () => client.destroy());
    tunnel(request.url ?? "", client, head);
  });
  const port = await listen(server);
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const each of tunnels) each.destroy();
      }),
  };
}

/** Connects a client to what it asked for, `host:port`. A broken half ends the other. */
function tunnel(target: string, client: Duplex, head: Buffer): void {
  const port = /^(?:(?:[a-z0-9-]+\.)*localhost|127\.0\.0\.1):(\d{1,5})$/i.exec(target)?.[1];
  if (port === undefined || Number(port) > 65_535) {
    refuse(client, 403, `"${target}" is not on this machine`);
    return;
  }
  let connected = false;
  const service = connect(Number(port), "127.0.0.1", () => {
    connected = true;
    client.write("HTTP/1.1 200 Connection established\r\n\r\n");
    service.write(head);
    service.pipe(client).pipe(service);
  });
  service.on("error", () => {
    if (connected) client.destroy();
    else refuse(client, 502, `nothing listens at "${target}"; ${remedy}`);
  });
  client.once("close", () => service.destroy());
}

// A client that knows an account by its name alone takes the port that all accounts of Azure have.
const remedy = "use the address that Resource Manager reports, or start with --blob-addresses host";

/** The reason stands in the status line, which is what clients show of a proxy's refusal. */
function refuse(client: Duplex, status: number, reason: string): void {
  client.end(`HTTP/1.1 ${status} ${reason}\r\nconnection: close\r\n\r\n`);
}
