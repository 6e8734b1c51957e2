import { untilAborted } from "./until-aborted.ts";

/** Time as the token cache and the limits see it: tests pass one that they move by hand. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Runs `action` once after `delayMs`; the returned function takes that back. */
  after(delayMs: number, action: () => void): () => void;
  /** As `after`, for work that nobody waits for: it does not keep the process running. */
  background(delayMs: number, action: () => void): () => void;
}

/** The longest delay a Node timer takes; beyond it a timer fires at once. */
const longestTimerMs = 2 ** 31 - 1;

/** The clock of the running process. A delay of more than 24 days ends after 24 days. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, action) {
    const timer = setTimeout(action, Math.min(delayMs, longestTimerMs));
    return () => clearTimeout(timer);
  },
  background(delayMs, action) {
    const timer = setTimeout(action, Math.min(delayMs, longestTimerMs)).unref();
    // Node keeps the list of an unreferenced timer for the whole delay after it was cleared.
    return () => clearTimeout(timer.ref());
  },
};

/** Waits for `ms` milliseconds; rejects with the reason of `signal` as soon as it fires. */
export async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  const over = Promise.withResolvers<void>();
  const cancelTimer = clock.after(ms, over.resolve);
  try {
    await untilAborted(over.promise, signal);
  } finally {
    cancelTimer();
  }
}

/** `ms` since the Unix epoch in ISO 8601; undefined beyond what a Date can hold, as upstreams may say. */
export function isoTime(ms: number): string | undefined {
  const time = new Date(ms);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
