import type { Clock } from "./clock.ts";
import { untilAborted, type AbortSignalLike } from "./until-aborted.ts";

/** Callers that wait less than the work takes would otherwise start it anew each time, for ever. */
const graceMs = 2_000;

/**
 * One piece of work that any number of callers wait for. A caller whose signal fires leaves without
 * touching the others; when the last one has left and none comes for two seconds, it is cancelled.
 */
export class Flight<T> {
  readonly #controller = new AbortController();
  readonly #clock: Clock;
  readonly #work: Promise<T>;
  #waiting = 0;
  #kept = false;
  #settled = false;
  #cancelGrace: (() => void) | undefined;

  constructor(clock: Clock, work: (signal: AbortSignal) => Promise<T>) {
    this.#clock = clock;
    this.#work = work(this.#controller.signal);
    const settle = (): void => {
      this.#settled = true;
      this.#cancelGrace?.();
    };
    // Whoever waits is told; work that nobody waits for any more must not end the process.
    this.#work.then(settle, settle);
  }

  /** Lets the work go on even when nobody waits for it. */
  keep(): void {
    this.#kept = true;
  }

  /** Waits for the end; rejects with the work's error, or with an AbortError when `signal` fires. */
  async wait(signal: AbortSignalLike | undefined): Promise<T> {
    if (signal === undefined) {
      this.keep();
      return this.#work;
    }
    this.#waiting += 1;
    this.#cancelGrace?.();
    try {
      return await untilAborted(this.#work, signal);
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0 && !this.#kept && !this.#settled) {
        this.#cancelGrace = this.#clock.background(graceMs, () => this.#abandon());
      }
    }
  }

  #abandon(): void {
    if (!this.#kept) this.cancel();
  }

  /** Whether nobody waits any more: its end is of no interest. */
  get cancelled(): boolean {
    return this.#controller.signal.aborted;
  }

  cancel(): void {
    this.#controller.abort();
  }
}
