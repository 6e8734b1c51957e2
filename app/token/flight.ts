import { untilAborted, type AbortSignalLike } from "./until-aborted.ts";

/**
 * One piece of work that any number of callers wait for. A caller whose signal fires leaves without
 * touching the others; when the last one has left, the work is cancelled.
 */
export class Flight<T> {
  readonly #controller = new AbortController();
  readonly #work: Promise<T>;
  #waiting = 0;
  #kept = false;

  constructor(work: (signal: AbortSignal) => Promise<T>) {
    this.#work = work(this.#controller.signal);
    // Whoever waits is told; work that nobody waits for any more must not end the process.
    this.#work.catch(() => undefined);
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
    try {
      return await untilAborted(this.#work, signal);
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0 && !this.#kept) this.cancel();
    }
  }

  /** Whether nobody waits any more: its end is of no interest. */
  get cancelled(): boolean {
    return this.#controller.signal.aborted;
  }

  cancel(): void {
    this.#controller.abort();
  }
}
