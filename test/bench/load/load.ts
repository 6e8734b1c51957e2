import { startChild } from "../child.ts";

export interface LoadRequest {
  readonly port: number;
  readonly path: string;
  readonly connections: number;
  readonly milliseconds: number;
}

export interface Load {
  readonly requests: number;
  /** Other answers than 200, broken connections and those still without an answer two seconds later. */
  readonly failed: number;
  readonly perSecond: number;
  /** 99th percentile of the time to an answer 200, in milliseconds. */
  readonly p99: number;
}

/** A load generator in a process of its own. */
export interface LoadGenerator extends AsyncDisposable {
  /** Loads the server at `port` with GET `path` for a while. */
  load(port: number, path: string, milliseconds: number): Promise<Load>;
}

const connections = 50;

/** Starts one; it can load one server after the other. */
export function startLoadGenerator(): LoadGenerator {
  const child = startChild("load/load-generator.ts", [], {});
  return {
    load(port, path, milliseconds) {
      const request: LoadRequest = { port, path, connections, milliseconds };
      child.send(request);
      return child.next<Load>();
    },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}
