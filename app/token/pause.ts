import type { Clock } from "./clock.ts";
import { untilAborted } from "./until-aborted.ts";

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
