import type { AccessToken } from "@azure/core-auth";
import { TokenCache } from "../src/token-cache.ts";
import { ManualClock } from "./manual-clock.ts";

/** A token's life unless a test says otherwise, in milliseconds. */
export const hour = 3_600_000;

/** A token cache in front of an upstream that answers as the test says, on a clock that the test moves. */
export class CacheWorld {
  readonly clock = new ManualClock();
  /** The key of each fetch. */
  readonly fetches: string[] = [];
  answer: (key: string, signal: AbortSignal) => Promise<AccessToken> = () => this.token();
  readonly cache = new TokenCache({
    hop: "token exchange",
    fetch: (key, signal) => {
      this.fetches.push(key);
      return this.answer(key, signal);
    },
    clock: this.clock,
    deadlineMs: 10_000,
    maxKeys: 3,
    random: () => 0,
  });

  /** A token of `life` milliseconds that tells which fetch brought it. */
  token(life = hour): Promise<AccessToken> {
    return Promise.resolve({
      token: `token ${this.fetches.length}`,
      expiresOnTimestamp: this.clock.now() + life,
    });
  }
}
