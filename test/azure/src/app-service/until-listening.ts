import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

const pauseMilliseconds = 20;

/** Resolves when something accepts connections on a loopback port, or when `over` aborts. */
export async function untilListening(port: number, over: AbortSignal): Promise<void> {
  while (!over.aborted && !(await accepts(port)))
    await delay(pauseMilliseconds, undefined, { ref: false });
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
