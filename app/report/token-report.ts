import type { TokenCounters, TokenState } from "cross-tenant-tokens";
import { isoTime } from "cross-tenant-tokens/time";
import { toAppError, type AppError } from "../app-error.ts";
import { readClaims, type TokenClaims } from "./claims.ts";

/** What is known about a token that the site holds, in seconds and ISO 8601 times; never its text. */
export interface TokenReport {
  readonly state: "none" | "valid" | "expired";
  /** Whether another one is being fetched. */
  readonly refreshing: boolean;
  readonly obtainedAt?: string;
  /** Absent, like `refreshAt`, when the issuer named a time beyond what ISO 8601 can say. */
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
        at: new Date(lastAttempt.at).toISOString(),
        outcome: lastError ? "failed" : "succeeded",
        ...(lastError && { code: lastError.code }),
      },
    }),
    ...(lastError && { lastError }),
  };
}

function reportToken(state: TokenState, now: number): TokenReport {
  const { token, obtainedAt, inFlight: refreshing } = state;
  if (token === undefined) return { state: "none", refreshing };
  const { expiresOnTimestamp } = token;
  const expiresAt = isoTime(expiresOnTimestamp);
  const refreshAt = state.refreshAt === undefined ? undefined : isoTime(state.refreshAt);
  return {
    state: now < expiresOnTimestamp ? "valid" : "expired",
    refreshing,
    ...(obtainedAt !== undefined && {
      obtainedAt: new Date(obtainedAt).toISOString(),
      ageSeconds: seconds(now - obtainedAt),
    }),
    ...(expiresAt !== undefined && { expiresAt }),
    remainingSeconds: Math.max(0, seconds(expiresOnTimestamp - now)),
    ...(refreshAt !== undefined && { refreshAt }),
    claims: readClaims(token.token),
  };
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}
