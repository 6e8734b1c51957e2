import type { AccessToken } from "@azure/core-auth";

/** A token that expires on its way to the resource is of no use. */
const expiryMarginMs = 5_000;
/** Two expiries this close are the same token's, read twice. */
const sameExpiryMs = 5_000;
const firstDelayMs = 1_000;
/** Without a token somebody waits: recovery has to be noticed soon. */
const longestDelayMs = 30_000;
const longestDelayWithTokenMs = 600_000;
/** An issuer that wants its tokens refreshed sooner would be asked without end. */
const shortestHintMs = 30_000;

/** Whether `token` still is accepted by the time a request made now arrives. */
export function isUsable(token: AccessToken, now: number): boolean {
  return now < token.expiresOnTimestamp - expiryMarginMs;
}

/** Whether `next` outlives `held`: the identity's back end may answer with what is already held. */
export function outlives(next: AccessToken, held: AccessToken): boolean {
  return next.expiresOnTimestamp > held.expiresOnTimestamp + sameExpiryMs;
}

/**
 * When to ask for the successor of a token obtained now: after half of its life or, if that is
 * sooner, when the issuer says, and up to a fifth later, by `random` in [0, 1), so that many tenants
 * do not refresh at once.
 */
export function refreshTime(token: AccessToken, now: number, random: number): number {
  const halfLife = (token.expiresOnTimestamp - now) / 2;
  const hint = Math.max((token.refreshAfterTimestamp ?? Infinity) - now, shortestHintMs);
  return now + Math.min(halfLife, hint) * (1 + random / 5);
}

export interface Setback {
  /** How many attempts have failed in a row, at least 1. */
  readonly failures: number;
  /** How long the upstream asked to be left alone, in milliseconds. */
  readonly retryAfterMs?: number;
  /** How long the token that is held lasts, in milliseconds; 0 without one. */
  readonly remainingMs: number;
}

/**
 * Milliseconds until the next attempt: doubling from one second, half of it random, and no less than
 * the upstream asked for. The less there is left of a held token, the sooner.
 */
export function backoffMs(
  { failures, retryAfterMs = 0, remainingMs }: Setback,
  random: number,
): number {
  const tenth = remainingMs / 10;
  const longest = Math.min(Math.max(tenth, longestDelayMs), longestDelayWithTokenMs);
  const delay = Math.min(firstDelayMs * 2 ** (failures - 1), longest) * (0.5 + random / 2);
  return Math.max(delay, retryAfterMs);
}
