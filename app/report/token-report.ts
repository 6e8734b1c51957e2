import { toAppError, type AppError } from "../app-error.ts";
import { readClaims, type TokenClaims } from "../token/claims.ts";
import type { TokenCounters, TokenState } from "../token/token-entry.ts";

/** What is known about a token that the site holds, in seconds and ISO 8601 times; never its text. */
export interface TokenReport {
  readonly state: "none" | "valid" | "expired";
  /** Whether another one is being fetched. */
  readonly refreshing: boolean;
  readonly obtainedAt?: string;
  readonly expiresAt?: string;
  /** From when on the next one is fetched. */
  readonly refreshAt?: string;
  readonly ageSeconds?: number;
  readonly remainingSeconds?: number;
  readonly claims?: TokenClaims;
}

/** How the last request for a token ended. */
export interface AttemptReport {
  readonly at: string;
  readonly outcome: "succeeded" | "failed";
  readonly code?: string;
}

/** What is told about one key of the token cache, whatever hop it belongs to. */
export interface KeyReport {
  readonly token: TokenReport;
  readonly lastAttempt?: AttemptReport;
  readonly lastError?: AppError;
  readonly counters: TokenCounters;
}

/** Reports on `state` at `now`, in milliseconds since the Unix epoch. */
export function reportKey(state: TokenState, now: number): KeyReport {
  const { lastAttempt, counters } = state;
  const lastError = lastAttempt?.error && toAppError(lastAttempt.error);
  return {
    token: reportToken(state, now),
    counters,
    ...(lastAttempt && {
      lastAttempt: {
        at: isoTime(lastAttempt.at),
        outcome: lastError ? "failed" : "succeeded",
        ...(lastError && { code: lastError.code }),
      },
    }),
    ...(lastError && { lastError }),
  };
}

function reportToken(state: TokenState, now: number): TokenReport {
  const { token, obtainedAt, refreshAt, inFlight: refreshing } = state;
  if (token === undefined) return { state: "none", refreshing };
  const { expiresOnTimestamp: expiresAt } = token;
  return {
    state: now < expiresAt ? "valid" : "expired",
    refreshing,
    ...(obtainedAt !== undefined && {
      obtainedAt: isoTime(obtainedAt),
      ageSeconds: seconds(now - obtainedAt),
    }),
    expiresAt: isoTime(expiresAt),
    remainingSeconds: Math.max(0, seconds(expiresAt - now)),
    ...(refreshAt !== undefined && { refreshAt: isoTime(refreshAt) }),
    claims: readClaims(token.token),
  };
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
