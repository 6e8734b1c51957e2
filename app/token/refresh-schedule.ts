import type { AccessToken } from "@azure/core-auth";

/** A token that expires on its way to the resource is of no use. */
const expiryMarginMs = 5_000;
const firstDelayMs = 1_000;
const longestDelayMs = 30_000;

/** Whether `token` still is accepted by the time a request made now arrives. */
export function isUsable(token: AccessToken, now: number): boolean {
  return now < token.expiresOnTimestamp - expiryMarginMs;
}

/**
 * When to ask for the successor of a token obtained now: between half and 60 % of its life, spread
 * by `random` in [0, 1) so that many tenants do not refresh at once, or when the issuer says so.
 */
export function refreshTime(token: AccessToken, now: number, random: number): number {
  const halfLife = (token.expiresOnTimestamp - now) / 2;
  const ownChoice = now + halfLife * (1 + random / 5);
  return Math.min(ownChoice, token.refreshAfterTimestamp ?? Number.POSITIVE_INFINITY);
}

/** Milliseconds until the next attempt after `failures` failures: doubling, capped, half of it random. */
export function backoffMs(failures: number, random: number): number {
  const delay = Math.min(firstDelayMs * 2 ** failures, longestDelayMs);
  return delay * (0.5 + random / 2);
}
