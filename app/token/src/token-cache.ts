import type { AccessToken } from "@azure/core-auth";
import type { Clock } from "./clock.ts";
import { withDeadline } from "./deadline.ts";
import { describeFailure } from "./describe-failure.ts";
import { Flight } from "./flight.ts";
import { recordFailure, recordToken, type Moment } from "./record-outcome.ts";
import { isUsable } from "./refresh-schedule.ts";
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
const doubtPauseMs = 300_000;

/**
 * Keeps one token per key: a valid one is served at once whatever is down, callers without one
 * share a single fetch, and refreshes happen in the background from half of the token's life on.
 */
export class TokenCache {
  readonly #options: TokenCacheOptions;
  readonly #entries: TokenEntries;
  /** Those of keys that have left as well. */
  readonly #flights = new Set<Flight<AccessToken>>();
  #closed = false;

  constructor(options: TokenCacheOptions) {
    this.#options = options;
    this.#entries = new TokenEntries(options.maxKeys);
  }

  /** The token of `key`; rejects with a TokenError, or with an AbortError when `signal` fires. */
  get(key: string, signal?: AbortSignalLike): Promise<AccessToken> {
    if (this.#closed)
      return Promise.reject(new DOMException("the tokens are closed", "AbortError"));
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
    // What failed in the future, by a clock that was set back since, tells nothing.
    const remembered = lastAttempt !== undefined && lastAttempt.at <= now && now < entry.dueAt;
    if (remembered && lastAttempt.error !== undefined) return Promise.reject(lastAttempt.error);
    return waitFor(this.#start(entry), entry, signal);
  }

  /**
   * The resource refused `token`: the next caller waits for another one. When none is to be had it
   * is held again, because it may be good elsewhere. Once in five minutes; of no effect in between.
   */
  reject(key: string, token: string): void {
    const entry = this.#entries.find(key);
    if (entry?.held?.token.token !== token) return;
    entry.counters.rejected += 1;
    if (!this.#doubt(entry)) return;
    entry.refused = entry.held;
    delete entry.held;
  }

  /** Asks for the successor of `token` with the next caller, who still gets `token`; as often as `reject`. */
  renew(key: string, token: string): void {
    const entry = this.#entries.find(key);
    if (entry?.held?.token.token === token) this.#doubt(entry);
  }

  /** What is known about `key`, without fetching or marking it as used. */
  state(key: string): TokenState {
    return stateOf(this.#entries.find(key) ?? emptyEntry(key));
  }

  /** Ends every timer, cancels what is in flight and refuses every caller from now on. */
  close(): void {
    this.#closed = true;
    for (const entry of this.#entries.values()) entry.cancelTimer?.();
    for (const flight of this.#flights) flight.cancel();
  }

  #doubt(entry: Entry): boolean {
    const now = this.#options.clock.now();
    if (entry.doubtedAt !== undefined && now < entry.doubtedAt + doubtPauseMs) return false;
    entry.doubtedAt = entry.dueAt = now;
    return true;
  }

  #start(entry: Entry): Flight<AccessToken> {
    const flight = new Flight(this.#options.clock, async (signal) => {
      try {
        return await this.#fetch(entry, signal);
      } finally {
        this.#flights.delete(flight);
        if (entry.flight === flight) delete entry.flight;
      }
    });
    this.#flights.add(flight);
    entry.flight = flight;
    return flight;
  }

  async #fetch(entry: Entry, signal: AbortSignal): Promise<AccessToken> {
    const { hop, fetch } = this.#options;
    try {
      const token = await withDeadline(this.#options, signal, (inner) => fetch(entry.key, inner));
      const served = recordToken(entry, token, this.#moment());
      this.#schedule(entry);
      return served;
    } catch (error) {
      // Everybody has left: that says nothing about the upstream.
      if (signal.aborted) throw error;
      const failure = error instanceof TokenError ? error : describeFailure(hop, error);
      recordFailure(entry, failure, this.#moment());
      this.#schedule(entry);
      throw failure;
    }
  }

  #moment(): Moment {
    const { hop, clock, random } = this.#options;
    return { hop, now: clock.now(), random: random() };
  }

  #schedule(entry: Entry): void {
    entry.cancelTimer?.();
    if (this.#closed || this.#entries.find(entry.key) !== entry) return;
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
