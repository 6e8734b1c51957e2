import { once } from "node:events";
import type { AddressInfo, Server } from "node:net";

/** Makes a server listen on loopback; resolves with its port. */
export type Listen = (server: Server) => Promise<number>;

/** On a port that the system chooses. */
export const listenAnywhere: Listen = (server) => listenOn(server, 0);

/** On this port. Rejects with the system's error, EADDRINUSE when the port is taken. */
export async function listenOn(server: Server, port: number): Promise<number> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  // A listening TCP server's address is never a text or null.
  return (server.address() as AddressInfo).port;
}
