import { setTimeout as delay } from "node:timers/promises";
import type { FaultEffect, Faults, FaultService } from "local-azure/testing";

/** A fault is on for this long, and then none is. Why these: see test/soak/main.ts. */
const onMilliseconds = 5_500;
const offMilliseconds = 7_000;

const effects: readonly FaultEffect[] = [
  { kind: "status", status: 503 },
  { kind: "hang" },
  { kind: "reset" },
  { kind: "status", status: 429, retryAfterSeconds: 3 },
  { kind: "hang-mid-body" },
  { kind: "html" },
  { kind: "status", status: 500 },
  { kind: "latency", milliseconds: 3_000 },
];

const hops: readonly (readonly FaultService[])[] = [
  ["entra"],
  ["managed-identity"],
  ["entra", "managed-identity"],
];

/** Faults of the two hops between the site and its tokens, one kind after the other, each at either hop and at both. */
export class FaultWindows {
  readonly #faults: Faults;
  /** Requests that met a fault, by what they met. */
  readonly #met = new Map<string, number>();
  #switched = 0;
  /** What is on now. */
  current = "none";

  constructor(faults: Faults) {
    this.#faults = faults;
  }

  /** How many windows have begun. */
  get switched(): number {
    return this.#switched;
  }

  /** Requests that met a fault in the windows that are over, by what they met. */
  get met(): ReadonlyMap<string, number> {
    return this.#met;
  }

  /** Switches until `signal` fires; no fault is on when it returns. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await pause(offMilliseconds, signal);
      if (signal.aborted) return;
      this.#begin();
      await pause(onMilliseconds, signal);
      this.#end();
    }
  }

  #begin(): void {
    // Eight effects and three choices of hops have no common divisor: 24 windows hold every pair.
    const effect = effects[this.#switched % effects.length] ?? { kind: "reset" };
    const services = hops[this.#switched % hops.length] ?? [];
    this.#switched += 1;
    this.#faults.set(services.map((service) => ({ service, ...effect })));
    this.current = `${nameOf(effect)} at ${services.join(" and ")}`;
  }

  #end(): void {
    for (const { fault, applied } of this.#faults.inForce) {
      const name = `${nameOf(fault)} at ${fault.service}`;
      this.#met.set(name, (this.#met.get(name) ?? 0) + applied);
    }
    this.#faults.clear();
    this.current = "none";
  }
}

function nameOf(effect: FaultEffect): string {
  return effect.kind === "status" ? String(effect.status) : effect.kind;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => undefined);
}
