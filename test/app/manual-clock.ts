import type { Clock } from "../../app/token/clock.ts";

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  #now = Date.UTC(2026, 0, 1);
  readonly #timers = new Set<{ due: number; action: () => void }>();

  now(): number {
    return this.#now;
  }

  after(delayMs: number, action: () => void): () => void {
    const timer = { due: this.#now + delayMs, action };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** How many timers are set: none may be left when nothing is in flight. */
  get timers(): number {
    return this.#timers.size;
  }

  /** Moves on by `ms`, runs what is due and lets everything that waits for it settle. */
  async advance(ms: number): Promise<void> {
    this.#now += ms;
    const due = Array.from(this.#timers).filter((timer) => timer.due <= this.#now);
    for (const timer of due) {
      this.#timers.delete(timer);
      timer.action();
    }
    await settled();
  }
}

/** Resolves once all work that needs no input or output is done. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
