import { untilAborted } from "./until-aborted.ts";

/** Lets a bounded number of pieces of work run at a time; the rest waits in order. */
export class Gate {
  #free: number;
  readonly #queue = new Set<() => void>();

  constructor(places: number) {
    this.#free = places;
  }

  /** Runs `work` in its turn; rejects with the signal's reason when it fires before that. */
  async run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.#enter(signal);
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  async #enter(signal: AbortSignal): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    const turn = Promise.withResolvers<void>();
    this.#queue.add(turn.resolve);
    try {
      await untilAborted(turn.promise, signal);
    } catch (error) {
      // The turn may have come in the same moment: then the place goes to the next.
      if (!this.#queue.delete(turn.resolve)) this.#leave();
      throw error;
    }
  }

  #leave(): void {
    const [next] = this.#queue;
    if (next === undefined) {
      this.#free += 1;
      return;
    }
    this.#queue.delete(next);
    next();
  }
}
