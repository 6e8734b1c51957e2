import type { AccessToken } from "@azure/core-auth";
import type { Flight } from "./flight.ts";
import type { TokenError } from "./token-error.ts";

/** What happened to one key since it was first asked for. */
export interface TokenCounters {
  /** Callers that got a token. */
  readonly served: number;
  /** Tokens fetched. */
  readonly obtained: number;
  /** Fetches that failed, each after its own retries. */
  readonly failed: number;
  /** Tokens that the resource refused. */
  readonly rejected: number;
}

/** What is known about one key. Times are milliseconds since the Unix epoch. */
export interface TokenState {
  /** The token held; it may be past its expiry. */
  readonly token?: AccessToken;
  readonly obtainedAt?: number;
  readonly refreshAt?: number;
  readonly inFlight: boolean;
  readonly lastAttempt?: { readonly at: number; readonly error?: TokenError };
  readonly counters: TokenCounters;
}

/** The cache's own record of one key. */
export interface Entry {
  readonly key: string;
  /** The token held, with the one promise of it that all callers get. */
  held?: { readonly token: AccessToken; readonly promise: Promise<AccessToken> };
  obtainedAt?: number;
  refreshAt?: number;
  /** Before this time no fetch is started. */
  dueAt: number;
  /** Fetches in a row that brought nothing. */
  failures: number;
  /** Whether anybody asked since the last fetch that a timer started. */
  used: boolean;
  /** The larger, the more recently somebody asked. */
  lastUse: number;
  /** The token that the resource refused, until another one is fetched. */
  refused?: Entry["held"];
  /** When a token was last found wanting before its time. */
  doubtedAt?: number;
  flight?: Flight<AccessToken>;
  lastAttempt?: { readonly at: number; readonly error?: TokenError };
  cancelTimer?: () => void;
  readonly counters: { -readonly [name in keyof TokenCounters]: number };
}

/** A key that was never fetched. */
export function emptyEntry(key: string): Entry {
  const counters = { served: 0, obtained: 0, failed: 0, rejected: 0 };
  return { key, dueAt: 0, failures: 0, used: false, lastUse: 0, counters };
}

/** What `entry` tells the outside. */
export function stateOf({ held, ...entry }: Entry): TokenState {
  const { obtainedAt, refreshAt, lastAttempt } = entry;
  return {
    ...(held && { token: held.token }),
    ...(obtainedAt !== undefined && { obtainedAt }),
    ...(refreshAt !== undefined && { refreshAt }),
    inFlight: entry.flight !== undefined,
    ...(lastAttempt && { lastAttempt }),
    counters: { ...entry.counters },
  };
}
