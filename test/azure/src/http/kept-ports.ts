import { randomInt } from "node:crypto";
import type { Server } from "node:net";
import { type Listen, listenOn } from "./listen.ts";

/** Below what systems hand out to outgoing connections, which would take a port while nothing listens on it. */
const LOWEST = 20_000;
const HIGHEST = 32_767;
const ATTEMPTS = 100;

/** The ports of listeners by name, kept so that every address is the same at the next start. */
export class KeptPorts {
  readonly #ports: Map<string, number>;

  constructor(ports: Iterable<readonly [name: string, port: number]> = []) {
    this.#ports = new Map(ports);
  }

  /** Listens on the port that this name had before, or on a new one. Rejects when another process has the port by now. */
  at(name: string): Listen {
    return async (server) => {
      const before = this.#ports.get(name);
      const port = before === undefined ? await listenOnNew(server) : before;
      if (before !== undefined) await listenAgain(server, name, before);
      this.#ports.set(name, port);
      return port;
    };
  }

  has(name: string): boolean {
    return this.#ports.has(name);
  }

  /** The next listener of that name gets a new port. */
  forget(name: string): void {
    this.#ports.delete(name);
  }

  get all(): ReadonlyMap<string, number> {
    return this.#ports;
  }
}

async function listenAgain(server: Server, name: string, port: number): Promise<void> {
  await listenOn(server, port).catch((error: unknown) => {
    if (!isTaken(error)) throw error;
    throw new Error(
      `port ${port} is taken, where "${name}" listened before: end the process that listens there now, addresses that are kept name this port`,
      { cause: error },
    );
  });
}

/** A free port at random. Rejects when a hundred in a row are taken. */
export async function listenOnNew(server: Server): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await listenOn(server, randomInt(LOWEST, HIGHEST + 1));
    } catch (error) {
      if (!isTaken(error) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** Whether listening failed because the port is another's. */
export function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}
