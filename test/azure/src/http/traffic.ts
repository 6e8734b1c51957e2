import type { MiddlewareHandler } from "hono";
import { answerInjected, type AnswerStatus, applyFault } from "./faults/apply-fault.ts";
import type { FaultService } from "./faults/fault.ts";
import { Faults } from "./faults/faults.ts";

/** What comes to the services: the requests each has accepted for handling, and the faults put in front of them. */
export class Traffic {
  readonly faults = new Faults();
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
    this.faults.clear();
    this.#requests.length = 0;
    this.#writes.length = 0;
  }

  /**
   * Records requests and applies the faults of one service. `readOnly` marks paths whose POST changes nothing;
   * `answerStatus` is how the service says that it fails.
   */
  middleware(
    service: FaultService,
    readOnly?: RegExp,
    answerStatus: AnswerStatus = answerInjected,
  ): MiddlewareHandler {
    return async (c, next) => {
      const { method, path } = c.req;
      const writes = method !== "GET" && method !== "HEAD" && !readOnly?.test(path);
      this.#requests.push(`${method} ${service} ${path}`);
      if (writes) this.#writes.push(`${method} ${service} ${path}`);
      const met = this.faults.meet(service, method, path);
      await (met === undefined ? next() : applyFault(met, c, next, answerStatus));
    };
  }
}
