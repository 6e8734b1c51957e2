import { Turns } from "../../base/turns.ts";
import type { Fault, FaultService, RequestFault } from "./fault.ts";
import { seededRandom } from "./seeded-random.ts";

/** A fault in force and how many requests have met it. */
export interface FaultInForce {
  readonly fault: Fault;
  readonly applied: number;
}

interface InForce extends FaultInForce {
  applied: number;
  readonly random: () => number;
}

/** A listener that can be made to refuse connections. */
export interface RefusablePort {
  refuse(refused: boolean): Promise<void>;
}

/** A fault that a request has met. */
export interface MetFault {
  readonly fault: RequestFault;
  /** Fires when the fault is taken away, which ends the requests that still hang by it. */
  readonly released: AbortSignal;
}

/** The faults in force, for all services of one local Azure. */
export class Faults {
  #inForce: InForce[] = [];
  #release = new AbortController();
  readonly #ports = new Map<RefusablePort, FaultService>();
  readonly #turns = new Turns();
  #settled: Promise<void> = Promise.resolve();

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
    // What went wrong before is tried again: a port that another process had taken meanwhile may be free by now.
    this.#settled = this.#turns.take(() => this.#refuse());
    this.#settled.catch(() => undefined);
  }

  /** Puts a port of a service, once it listens, under the faults that close it, also those in force by then. */
  guard(service: FaultService, port: RefusablePort): Promise<void> {
    this.#ports.set(port, service);
    return this.#turns.take(() => port.refuse(this.#isRefused(service)));
  }

  /** Forgets a port that is being closed for good. */
  release(port: RefusablePort): void {
    this.#ports.delete(port);
  }

  /** Until every port is as the faults say. Rejects when one cannot be opened again. */
  get settled(): Promise<void> {
    return this.#settled;
  }

  async #refuse(): Promise<void> {
    await Promise.all(
      [...this.#ports].map(([port, service]) => port.refuse(this.#isRefused(service))),
    );
  }

  #isRefused(service: FaultService): boolean {
    return this.#inForce.some(({ fault }) => fault.kind === "refused" && fault.service === service);
  }

  /** Takes every fault away. */
  clear(): void {
    this.set([]);
  }

  /** The first fault in force that this request meets; that it did is counted. */
  meet(service: FaultService, method: string, path: string): MetFault | undefined {
    const met = this.#inForce.find((each): each is InForce & { fault: RequestFault } =>
      meets(each, service, method, path),
    );
    if (met === undefined) return undefined;
    met.applied += 1;
    return { fault: met.fault, released: this.#release.signal };
  }
}

function meets(
  { fault, applied, random }: InForce,
  service: FaultService,
  method: string,
  path: string,
): boolean {
  return (
    fault.kind !== "refused" &&
    fault.service === service &&
    (fault.method ?? method) === method &&
    (fault.path === undefined || path.search(fault.path) !== -1) &&
    applied < (fault.count ?? Number.POSITIVE_INFINITY) &&
    random() < (fault.share ?? 1)
  );
}
