import type { Server, Socket } from "node:net";

/** The TCP connections below the TLS ones, which cannot be reset themselves (ERR_INVALID_HANDLE_TYPE), by their two ports. */
const tcpConnections = new Map<string, Socket>();

/** Makes the TLS connections of a server ones that `resetConnection` can reset. */
export function makeResettable(server: Server): void {
  server.on("connection", (tcp: Socket) => {
    const ports = portsOf(tcp);
    tcpConnections.set(ports, tcp);
    tcp.once("close", () => tcpConnections.delete(ports));
  });
}

/** Ends a server's connection, TLS or not, by a TCP reset: the client's read fails with ECONNRESET. */
export function resetConnection(socket: Socket): void {
  (tcpConnections.get(portsOf(socket)) ?? socket).resetAndDestroy();
}

function portsOf({ localPort, remotePort }: Socket): string {
  return `${localPort} ${remotePort}`;
}
