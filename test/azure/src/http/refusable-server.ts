import type { Server as HttpServer } from "node:http";
import type { Server as HttpsServer } from "node:https";
import { connect, type Socket } from "node:net";
import { type Listen, listenOn } from "./listen.ts";

/** A listening server whose port can be closed for a while. */
export interface RefusableServer {
  readonly port: number;
  /**
   * Closes the port, open connections too, or opens it again. Rejects when another process has it by then, which for a
   * minute it can have by naming it only.
   */
  refuse(refused: boolean): Promise<void>;
  /** Ends open connections too, so that nothing outlives the local Azure. */
  close(): Promise<void>;
}

/** Makes a server listen. Rejects when `listen` does. */
export async function startRefusable(
  server: HttpServer | HttpsServer,
  listen: Listen,
): Promise<RefusableServer> {
  const close = closeOf(server);
  const port = await listen(server);
  let isOver = false;
  return {
    port,
    async refuse(refused) {
      if (refused === !server.listening || isOver) return;
      if (!refused) await listenOn(server, port);
      else await connected(server, port).then(close);
    },
    close() {
      isOver = true;
      return close();
    },
  };
}

/**
 * Resolves when a server has a connection. While one that the server ended is in TIME-WAIT (RFC 9293 section 3.3.2), the
 * system gives the port to nobody else.
 */
function connected(server: HttpServer | HttpsServer, port: number): Promise<void> {
  return new Promise((resolve) => {
    server.once("connection", () => resolve());
    const client = connect(port, "127.0.0.1").resume();
    client.on("error", () => undefined).once("close", () => resolve());
  });
}

/** Closes a server's port and its connections. One that has not said a word yet, as browsers open them, is none of HTTP's. */
function closeOf(server: HttpServer | HttpsServer): () => Promise<void> {
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
