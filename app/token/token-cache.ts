import type { AccessToken } from "@azure/core-auth";
import type { Clock } from "./clock.ts";
import { withDeadline } from "./deadline.ts";
import { describeFailure, expiredAnswer } from "./describe-failure.ts";
import { Flight } from "./flight.ts";
import { backoffMs, isUsable, outlives, refreshTime } from "./refresh-schedule.ts";
import { TokenEntries } from "./token-entries.ts";
import { emptyEntry, stateOf, type Entry, type TokenState } from "./token-entry.ts";
import { TokenError, type TokenHop } from "./token-error.ts";
import { abortReason, type AbortSignalLike } from "./until-aborted.ts";

export interface TokenCacheOptions {
  /** Names the hop in the errors that arise here. */
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

/** A resource that refuses every token must not make each request fetch one. */
const dropPauseMs = 300_000;

/**
 * Keeps one token per key: a valid one is served at once whatever is down, callers without one
 * share a single fetch, and refreshes happen in the background from half of the token's life on.
 */
export class TokenCache {
  readonly #options: TokenCacheOptions;
  readonly #entries: TokenEntries;

  constructor(options: TokenCacheOptions) {
    this.#options = options;
    this.#entries = new TokenEntries(options.maxKeys);
  }

  /** The token of `key`; rejects with a TokenError, or with an AbortError when `signal` fires. */
  get(key: string, signal?: AbortSignalLike): Promise<AccessToken> {
    if (signal?.aborted) return Promise.reject(abortReason(signal));
    const now = this.#options.clock.now();
    const entry = this.#entries.use(key);
    const { held, flight, lastAttempt } = entry;
    if (held !== undefined && isUsable(held.token, now)) {
      if (now >= entry.dueAt && flight === undefined) this.#start(entry).keep();
      entry.counters.served += 1;
      return held.promise;
    }
    if (flight !== undefined && !flight.cancelled) return waitFor(flight, entry, signal);
    // A storm of callers must not become a storm of requests to a service that just refused one.
    if (lastAttempt?.error !== undefined && now < entry.dueAt) {
      return Promise.reject(lastAttempt.error);
    }
    return waitFor(this.#start(entry), entry, signal);
  }

  /** Drops the token of `key` if it is `token`, unless one was dropped in the last five minutes. */
  reject(key: string, token: string): void {
    const entry = this.#entries.find(key);
    if (entry?.held?.token.token !== token) return;
    const now = this.#options.clock.now();
    entry.counters.rejected += 1;
    if (entry.droppedAt !== undefined && now < entry.droppedAt + dropPauseMs) return;
    entry.droppedAt = entry.dueAt = now;
    delete entry.held;
  }

  /** What is known about `key`, without fetching or marking it as used. */
  state(key: string): TokenState {
    return stateOf(this.#entries.find(key) ?? emptyEntry(key));
  }

  /** Forgets everything, ends every timer and cancels what is in flight. */
  close(): void {
    for (const entry of this.#entries.values()) {
      entry.cancelTimer?.();
      entry.flight?.cancel();
    }
    this.#entries.clear();
  }

  #start(entry: Entry): Flight<AccessToken> {
    const flight = new Flight(async (signal) => {
      try {
        return await this.#fetch(entry, signal);
      } finally {
        if (entry.flight === flight) delete entry.flight;
      }
    });
    entry.flight = flight;
    return flight;
  }

  async #fetch(entry: Entry, signal: AbortSignal): Promise<AccessToken> {
    const { hop, fetch } = this.#options;
    try {
      const token = await withDeadline(this.#options, signal, (inner) => fetch(entry.key, inner));
      return this.#accept(entry, token);
    } catch (error) {
      // Everybody has left: that says nothing about the upstream.
      if (signal.aborted) throw error;
      throw this.#fail(entry, error instanceof TokenError ? error : describeFailure(hop, error));
    }
  }

  #accept(entry: Entry, token: AccessToken): AccessToken {
    const now = this.#options.clock.now();
    if (!isUsable(token, now)) throw expiredAnswer(this.#options.hop, token, now);
    entry.lastAttempt = { at: now };
    if (entry.held !== undefined && isUsable(entry.held.token, now)) {
      // The identity's back end may answer with the token that is already held (it caches for about
      // 24 hours and cannot be forced): asking again at once would be a busy loop.
      if (!outlives(token, entry.held.token)) {
        this.#backOff(entry, entry.failures + 1);
        return entry.held.token;
      }
    }
    entry.held = { token, promise: Promise.resolve(token) };
    entry.obtainedAt = now;
    entry.refreshAt = entry.dueAt = refreshTime(token, now, this.#options.random());
    entry.failures = 0;
    entry.counters.obtained += 1;
    this.#schedule(entry);
    return token;
  }

  #fail(entry: Entry, error: TokenError): TokenError {
    entry.lastAttempt = { at: this.#options.clock.now(), error };
    entry.counters.failed += 1;
    // The other hop's cache remembers its own failures; adding to them would only delay recovery.
    if (error.hop === this.#options.hop) {
      this.#backOff(entry, entry.failures + 1, error.retryAfterMs);
    } else this.#backOff(entry, 1);
    return error;
  }

  #backOff(entry: Entry, failures: number, retryAfterMs = 0): void {
    const { clock, random } = this.#options;
    const now = clock.now();
    const remainingMs = Math.max(0, (entry.held?.token.expiresOnTimestamp ?? 0) - now);
    entry.failures = failures;
    entry.dueAt = now + backoffMs({ failures, retryAfterMs, remainingMs }, random());
    this.#schedule(entry);
  }

  #schedule(entry: Entry): void {
    entry.cancelTimer?.();
    if (this.#entries.find(entry.key) !== entry) return;
    const delayMs = Math.max(0, entry.dueAt - this.#options.clock.now());
    entry.cancelTimer = this.#options.clock.background(delayMs, () => this.#wake(entry));
  }

  // A key that nobody has asked for since the last refresh is left to expire.
  #wake(entry: Entry): void {
    if (this.#options.clock.now() < entry.dueAt) return this.#schedule(entry);
    if (!entry.used || entry.flight !== undefined) return undefined;
    entry.used = false;
    return this.#start(entry).keep();
  }
}

async function waitFor(
  flight: Flight<AccessToken>,
  entry: Entry,
  signal: AbortSignalLike | undefined,
): Promise<AccessToken> {
  const token = await flight.wait(signal);
  entry.counters.served += 1;
  return token;
}
