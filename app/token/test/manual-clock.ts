import type { Clock } from "../src/clock.ts";

interface Timer {
  readonly due: number;
  readonly action: () => void;
}

/** Turns of the event loop in which the SDK does whatever needs no network. */
const quietTurns = 20;

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  #now = Date.UTC(2026, 0, 1);
  readonly #timers = new Set<Timer>();
  readonly #background = new Set<Timer>();

  now(): number {
    return this.#now;
  }

  after(delayMs: number, action: () => void): () => void {
    return this.#set(this.#timers, delayMs, action);
  }

  background(delayMs: number, action: () => void): () => void {
    return this.#set(this.#background, delayMs, action);
  }

  /** How many timers keep the process running: none may be left when nothing is in flight. */
  get timers(): number {
    return this.#timers.size;
  }

  /** How many timers wait for work that nobody waits for. */
  get backgroundTimers(): number {
    return this.#background.size;
  }

  /**
   * Moves on by `ms`, from one timer to the next, and lets everything that waits for each settle:
   * what a timer sets in motion may set another.
   */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (let timer = this.#next(end); timer !== undefined; timer = this.#next(end)) {
      this.#now = Math.max(this.#now, timer.due);
      this.#timers.delete(timer);
      this.#background.delete(timer);
      timer.action();
      await settled();
    }
    this.#now = end;
    await settled();
  }

  /** Moves on by `ms` without running anything, as on a machine that wakes from sleep. */
  jump(ms: number): void {
    this.#now += ms;
  }

  /** The end of `work`, for which time passes only while nothing else is left to do. */
  async passUntil<T>(work: Promise<T>): Promise<T> {
    const state = { done: false };
    const finish = (): void => void (state.done = true);
    work.then(finish, finish);
    while (!state.done) {
      for (let turn = 0; turn < quietTurns && !state.done; turn += 1) await settled();
      const timer = state.done ? undefined : this.#next(Number.POSITIVE_INFINITY);
      if (timer !== undefined) await this.advance(timer.due - this.#now);
    }
    return work;
  }

  #next(end: number): Timer | undefined {
    return [...this.#timers, ...this.#background]
      .filter(({ due }) => due <= end)
      .sort((a, b) => a.due - b.due)[0];
  }

  #set(timers: Set<Timer>, delayMs: number, action: () => void): () => void {
    const timer = { due: this.#now + delayMs, action };
    timers.add(timer);
    return () => timers.delete(timer);
  }
}

/** Resolves once all work that needs no input or output is done. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
