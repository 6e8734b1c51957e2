import { pause, type Clock } from "./clock.ts";
import { TokenError } from "./token-error.ts";

// More would need shorter pauses too, because the third is above the longest; and each hop has a deadline for all of its
// attempts together (hop-caches.ts).
const maxAttempts = 3;
const firstPauseMs = 250;
/** Somebody may be waiting: an upstream that wants a longer pause is left to the cache's backoff. */
const longestPauseMs = 2_000;

/**
 * Repeats `attempt` when its TokenError is transient, twice at most, after short growing pauses or
 * the upstream's own; rejects with the last error, or with the signal's reason.
 */
export async function withRetries<T>(
  { clock, random }: { readonly clock: Clock; readonly random: () => number },
  signal: AbortSignal,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await attempt();
    } catch (error) {
      const again = error instanceof TokenError && error.isTransient && attempts < maxAttempts;
      if (!again || signal.aborted) throw error;
      const ownPause = firstPauseMs * 4 ** (attempts - 1) * (0.5 + random() / 2);
      const pauseMs = Math.max(ownPause, error.retryAfterMs ?? 0);
      if (pauseMs > longestPauseMs) throw error;
      await pause(clock, pauseMs, signal);
    }
  }
}
