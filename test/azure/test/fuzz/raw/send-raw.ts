import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { RawRequest } from "./raw-requests.ts";

/** Where raw bytes go; without `ca` as they are, below TLS. */
interface RawTarget {
  readonly port: number;
  readonly ca?: string;
}

/**
 * Sends bytes and resolves with what came back until the server ended the connection, or until `patience` milliseconds
 * had passed: a request that never ends need not be answered. Never rejects.
 */
export async function sendRaw(
  { port, ca }: RawTarget,
  { bytes, ends }: RawRequest,
  patience = 500,
): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const socket: Socket =
    ca === undefined
      ? connectTcp(port, "127.0.0.1")
      : connectTls({ host: "127.0.0.1", port, ca, servername: "localhost" });
  let received = "";
  socket.on("data", (chunk: Buffer) => (received += chunk.toString("latin1")));
  socket.on("error", () => resolve());
  socket.on("close", () => resolve());
  socket.setTimeout(patience, () => resolve());
  socket.write(Buffer.from(bytes, "latin1"));
  if (ends) socket.end();
  await promise;
  socket.destroy();
  return received;
}

/** The statuses of the answers in what came back. */
export function statusesOf(received: string): number[] {
  return [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}
