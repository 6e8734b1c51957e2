import { vi } from "vitest";
import type { Clock } from "../../src/clock.ts";

interface Timer {
  readonly due: number;
  readonly action: () => void;
}

/** What needs no network is over after one turn of the event loop; the others are for sockets' own events. */
const quietTurns = 4;

/**
 * A clock on which time passes only while nothing else is left to do. `Date` is in step with it,
 * because the SDK reads that one.
 */
export class PacedClock implements Clock {
  readonly #idle: () => boolean;
  readonly #timers = new Set<Timer>();
  readonly #background = new Set<Timer>();
  #now: number;

  /** `idle` tells whether every request in flight waits for an answer that does not come. */
  constructor(idle: () => boolean) {
    this.#idle = idle;
    // Whole seconds: HTTP and OAuth tell times in no finer unit.
    this.#now = Date.UTC(2026, 0, 1);
    vi.setSystemTime(this.#now);
  }

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

  /** Moves on by `ms` without running anything, as on a machine that wakes from sleep. */
  jump(ms: number): void {
    this.#now += ms;
    vi.setSystemTime(this.#now);
  }

  /** Lets everything happen that needs no time, then time pass, from timer to timer, until `done`. */
  async passUntil(done: () => boolean): Promise<void> {
    await this.quiet();
    while (!done()) await this.step();
  }

  /** Moves on to the next timer and lets everything happen that it sets in motion. */
  async step(): Promise<void> {
    this.#runNext();
    await this.quiet();
  }

  /** The end of `work`, and the time it took in milliseconds. */
  async pass<T>(work: Promise<T>): Promise<{ value: T; tookMs: number }> {
    const started = this.#now;
    let ended: number | undefined;
    const finish = (): void => void (ended = this.#now);
    work.then(finish, finish);
    await this.passUntil(() => ended !== undefined);
    return { value: await work, tookMs: (ended ?? started) - started };
  }

  /** Resolves once nothing more happens by itself at this moment. */
  async quiet(): Promise<void> {
    for (let turns = 0; turns < quietTurns; turns = this.#idle() ? turns + 1 : 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #runNext(): void {
    const [next] = [...this.#timers, ...this.#background].sort((a, b) => a.due - b.due);
    if (next === undefined) throw new Error("nothing is under way that could still happen");
    this.#timers.delete(next);
    this.#background.delete(next);
    this.jump(Math.max(0, next.due - this.#now));
    next.action();
  }

  #set(timers: Set<Timer>, delayMs: number, action: () => void): () => void {
    const timer = { due: this.#now + delayMs, action };
    timers.add(timer);
    return () => timers.delete(timer);
  }
}
