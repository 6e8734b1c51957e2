import type { AccessToken } from "@azure/core-auth";
import { expiredAnswer } from "./describe-failure.ts";
import { backoffMs, isUsable, outlives, refreshTime } from "./refresh-schedule.ts";
import type { Entry } from "./token-entry.ts";
import type { TokenError, TokenHop } from "./token-error.ts";

/** Where and when a fetch ended. */
export interface Moment {
  readonly hop: TokenHop;
  readonly now: number;
  /** Uniform in [0, 1). */
  readonly random: number;
}

/**
 * Takes a fetched token over into `entry`, with the time of its refresh, and returns the token to be
 * served; throws a TokenError when it has expired.
 */
export function recordToken(
  entry: Entry,
  token: AccessToken,
  { hop, now, random }: Moment,
): AccessToken {
  if (!isUsable(token, now)) throw expiredAnswer(hop, token, now);
  entry.lastAttempt = { at: now };
  const held = entry.held?.token;
  if (held !== undefined && isUsable(held, now) && !outlives(token, held)) {
    // The identity's back end may answer with the token that is already held (it caches for about
    // 24 hours and cannot be forced): asking again at once would be a busy loop.
    backOff(entry, entry.failures + 1, 0, { now, random });
    return held;
  }
  entry.held = { token, promise: Promise.resolve(token) };
  delete entry.refused;
  entry.obtainedAt = now;
  entry.refreshAt = entry.dueAt = refreshTime(token, now, random);
  entry.failures = 0;
  entry.counters.obtained += 1;
  return token;
}

/** Remembers in `entry` that a fetch failed, and until when nobody needs to try again. */
export function recordFailure(entry: Entry, error: TokenError, { hop, now, random }: Moment): void {
  entry.lastAttempt = { at: now, error };
  entry.counters.failed += 1;
  if (entry.refused !== undefined) entry.held ??= entry.refused;
  delete entry.refused;
  // The other hop's cache remembers its own failures; adding to them would only delay recovery.
  const [failures, retryAfterMs] =
    error.hop === hop ? [entry.failures + 1, error.retryAfterMs ?? 0] : [1, 0];
  backOff(entry, failures, retryAfterMs, { now, random });
}

function backOff(
  entry: Entry,
  failures: number,
  retryAfterMs: number,
  { now, random }: Omit<Moment, "hop">,
): void {
  const remainingMs = Math.max(0, (entry.held?.token.expiresOnTimestamp ?? 0) - now);
  entry.failures = failures;
  entry.dueAt = now + backoffMs({ failures, retryAfterMs, remainingMs }, random);
}
