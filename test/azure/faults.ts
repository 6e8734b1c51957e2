import type { MiddlewareHandler } from "hono";

/** A failure put in front of a service, to prove what its clients do when Azure fails. */
export interface Fault {
  /** The service as named at its start: resource-manager, graph, entra, storage, scm. */
  readonly service: string;
  readonly method: string;
  /** Matched against the request's path. */
  readonly path: RegExp;
  /** Whether the request is refused untouched, or carried out and its answer lost. */
  readonly when: "before" | "after";
  readonly status: number;
}

/** Faults in force and the requests each service has accepted for handling; shared by all services. */
export class Traffic {
  readonly faults: Fault[] = [];
  readonly #requests: string[] = [];
  readonly #writes: string[] = [];

  /** `METHOD service path` of every request so far, in order. */
  get requests(): readonly string[] {
    return this.#requests;
  }

  /** `METHOD service path` of every writing request so far, in order. */
  get writes(): readonly string[] {
    return this.#writes;
  }

  reset(): void {
    this.faults.length = 0;
    this.#requests.length = 0;
    this.#writes.length = 0;
  }

  /** Records writes and applies the faults of one service. `readOnly` marks paths whose POST changes nothing. */
  middleware(service: string, readOnly?: RegExp): MiddlewareHandler {
    return async (c, next) => {
      const { method, path } = c.req;
      const writes = method !== "GET" && method !== "HEAD" && !readOnly?.test(path);
      this.#requests.push(`${method} ${service} ${path}`);
      if (writes) this.#writes.push(`${method} ${service} ${path}`);
      const fault = this.faults.find(
        (f) => f.service === service && f.method === method && f.path.test(path),
      );
      if (fault?.when === "before") return failure(fault);
      await next();
      if (fault !== undefined) {
        // Hono merges the headers of the answer it replaces; the lost answer must leave no trace.
        c.res = undefined;
        c.res = failure(fault);
      }
      return undefined;
    };
  }
}

function failure(fault: Fault): Response {
  const error = { code: "InjectedFault", message: `injected fault ${fault.when} the commit` };
  return Response.json({ error }, { status: fault.status });
}
