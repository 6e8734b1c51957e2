import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/**
 * A loopback port for a process to listen on within a minute. Meanwhile the system gives it to nobody who does not name it,
 * because its last connection, which the server's side ended, is in TIME-WAIT (RFC 9293 section 3.3.2).
 */
export async function freePort(): Promise<number> {
  const server = createServer((connection) => connection.end());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A listening TCP server's address is never a text or null.
  const { port } = server.address() as AddressInfo;
  await once(connect(port, "127.0.0.1").resume(), "close");
  server.close();
  await once(server, "close");
  return port;
}

const pauseMilliseconds = 20;

/** Resolves with true when something accepts connections on a loopback port, with false when `over` aborts before. */
export async function untilListening(port: number, over: AbortSignal): Promise<boolean> {
  while (!over.aborted) {
    if (await accepts(port)) return true;
    await delay(pauseMilliseconds, undefined, { ref: false });
  }
  return false;
}

async function accepts(port: number): Promise<boolean> {
  const connection = connect(port, "127.0.0.1");
  try {
    await once(connection, "connect");
    return true;
  } catch {
    return false;
  } finally {
    connection.destroy();
  }
}
