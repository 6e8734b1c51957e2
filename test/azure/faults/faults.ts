import type { Fault, FaultService } from "./fault.ts";
import { seededRandom } from "./seeded-random.ts";

/** A fault in force and how many requests have met it. */
export interface FaultInForce {
  readonly fault: Fault;
  readonly applied: number;
}

/** A fault that a request has met. */
export interface MetFault {
  readonly fault: Fault;
  /** Fires when the fault is taken away, which ends the requests that still hang by it. */
  readonly released: AbortSignal;
}

/** The faults in force, for all services of one local Azure. */
export class Faults {
  #inForce: (FaultInForce & { applied: number; readonly random: () => number })[] = [];
  #release = new AbortController();

  /** What is in force, in the order in which a request is tried against it. */
  get inForce(): readonly FaultInForce[] {
    return this.#inForce.map(({ fault, applied }) => ({ fault, applied }));
  }

  /**
   * Puts these faults in place of all earlier ones. Requests that hang by an earlier one end now, their connections
   * closed without an answer; delayed ones go on.
   */
  set(faults: readonly Fault[]): void {
    this.#release.abort();
    this.#release = new AbortController();
    this.#inForce = faults.map((fault) => ({
      fault,
      applied: 0,
      random: fault.seed === undefined ? Math.random : seededRandom(fault.seed),
    }));
  }

  /** Takes every fault away. */
  clear(): void {
    this.set([]);
  }

  /** The first fault in force that this request meets; that it did is counted. */
  meet(service: FaultService, method: string, path: string): MetFault | undefined {
    const met = this.#inForce.find(
      ({ fault, applied, random }) =>
        fault.service === service &&
        (fault.method ?? method) === method &&
        (fault.path === undefined || path.search(fault.path) !== -1) &&
        applied < (fault.count ?? Number.POSITIVE_INFINITY) &&
        random() < (fault.share ?? 1),
    );
    if (met === undefined) return undefined;
    met.applied += 1;
    return { fault: met.fault, released: this.#release.signal };
  }
}
