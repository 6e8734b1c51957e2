import type { AccessToken } from "@azure/core-auth";
import { backoffMs, isUsable, refreshTime } from "./refresh-schedule.ts";
import type { Clock } from "./clock.ts";
import { TokenError, type TokenHop } from "./token-error.ts";

export interface TokenCacheOptions {
  /** Names the hop in the error of a wait that ran out of time. */
  readonly hop: TokenHop;
  /** Fetches a token for a key; `signal` fires when nobody will wait for the answer any more. */
  readonly fetch: (key: string, signal: AbortSignal) => Promise<AccessToken>;
  readonly clock: Clock;
  /** The longest any caller waits, in milliseconds. */
  readonly deadlineMs: number;
  /** Beyond it the key that was used least recently leaves. */
  readonly maxKeys: number;
  /** Uniform in [0, 1): spreads the refreshes of many keys and of many instances. */
  readonly random: () => number;
}

/** What is known about one key, without the token's text. */
export interface TokenState {
  readonly token?: AccessToken;
  readonly lastAttempt?: { readonly at: number; readonly error?: Error };
}

interface Entry {
  token?: AccessToken;
  refreshAt: number;
  failures: number;
  retryAt: number;
  inFlight?: Promise<AccessToken>;
  lastAttempt?: { at: number; error?: Error };
}

/**
 * Keeps one token per key: a valid one is served at once whatever is down, callers without one
 * share a single fetch, and refreshes happen in the background from half of the token's life on.
 */
export class TokenCache {
  readonly #options: TokenCacheOptions;
  readonly #entries = new Map<string, Entry>();

  constructor(options: TokenCacheOptions) {
    this.#options = options;
  }

  /** The token of `key`; rejects with the fetch's error, or with a TokenError at the deadline. */
  async get(key: string): Promise<AccessToken> {
    const now = this.#options.clock.now();
    const entry = this.#touch(key);
    if (entry.token !== undefined && isUsable(entry.token, now)) {
      const due = now >= entry.refreshAt && now >= entry.retryAt && entry.inFlight === undefined;
      // Nobody waits for it, and an unhandled rejection would end the process; the entry keeps the error.
      if (due) this.#refresh(key, entry).catch(() => undefined);
      return entry.token;
    }
    if (entry.inFlight !== undefined) return entry.inFlight;
    // A storm of callers must not become a storm of requests to a service that just refused one.
    const error = entry.lastAttempt?.error;
    if (error !== undefined && now < entry.retryAt) throw error;
    return this.#refresh(key, entry);
  }

  /** What is known about `key`, without fetching or marking it as used. */
  state(key: string): TokenState {
    const entry = this.#entries.get(key);
    return {
      ...(entry?.token && { token: entry.token }),
      ...(entry?.lastAttempt && { lastAttempt: entry.lastAttempt }),
    };
  }

  #touch(key: string): Entry {
    const entry = this.#entries.get(key) ?? { refreshAt: 0, failures: 0, retryAt: 0 };
    // A Map keeps insertion order, so the first key is always the one used least recently.
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.#options.maxKeys && oldest !== undefined) {
      this.#entries.delete(oldest);
    }
    return entry;
  }

  // Whoever joins gets what the first caller gets: the same token, judged the same way.
  #refresh(key: string, entry: Entry): Promise<AccessToken> {
    entry.inFlight = this.#attempt(key, entry);
    return entry.inFlight;
  }

  async #attempt(key: string, entry: Entry): Promise<AccessToken> {
    try {
      const token = await this.#fetchWithinDeadline(key);
      this.#accept(entry, token);
      return token;
    } catch (error) {
      this.#delayNextAttempt(entry);
      entry.lastAttempt = {
        at: this.#options.clock.now(),
        error: error instanceof Error ? error : new Error(String(error)),
      };
      throw error;
    } finally {
      delete entry.inFlight;
    }
  }

  #accept(entry: Entry, token: AccessToken): void {
    const now = this.#options.clock.now();
    if (!isUsable(token, now)) {
      throw new TokenError(this.#options.hop, "refused", "the answer is an expired token");
    }
    entry.lastAttempt = { at: now };
    // The identity's back end may answer with the token that is already held (it caches for about
    // 24 hours and cannot be forced): asking again at once would be a busy loop.
    if (entry.token !== undefined && token.expiresOnTimestamp <= entry.token.expiresOnTimestamp) {
      this.#delayNextAttempt(entry);
      return;
    }
    entry.token = token;
    entry.refreshAt = refreshTime(token, now, this.#options.random());
    entry.failures = 0;
    entry.retryAt = 0;
  }

  #delayNextAttempt(entry: Entry): void {
    const delay = backoffMs(entry.failures, this.#options.random());
    entry.failures += 1;
    entry.retryAt = this.#options.clock.now() + delay;
  }

  async #fetchWithinDeadline(key: string): Promise<AccessToken> {
    const { hop, fetch, clock, deadlineMs } = this.#options;
    const controller = new AbortController();
    const late = Promise.withResolvers<never>();
    const cancelTimer = clock.after(deadlineMs, () => {
      const error = new TokenError(hop, "deadline", `no answer within ${deadlineMs / 1000} s`);
      controller.abort(error);
      // Rejecting here as well keeps the promise even when the fetch ignores its signal.
      late.reject(error);
    });
    try {
      return await Promise.race([fetch(key, controller.signal), late.promise]);
    } finally {
      cancelTimer();
    }
  }
}
