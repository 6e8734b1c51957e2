import type { StorageTokens } from "../../../app/storage/bearer-token.ts";

/** Tokens of which one was replaced a moment ago, so that they stay whatever is refused. */
export function lastingTokens(): StubTokens {
  const tokens = new StubTokens();
  tokens.isDoubtful = true;
  return tokens;
}

/** Gives out "canary-1", and the next number after a refusal. */
export class StubTokens implements StorageTokens {
  /** The signal of every call. */
  readonly calls: (AbortSignal | undefined)[] = [];
  readonly rejected: string[] = [];
  /** Whether another refusal was a moment ago, so that this one has no effect. */
  isDoubtful = false;
  /** Runs before a token is given out, to fail or to hang. */
  before: (signal?: AbortSignal) => Promise<void> = () => Promise.resolve();

  async getToken(signal?: AbortSignal): Promise<string> {
    this.calls.push(signal);
    await this.before(signal);
    return `canary-${this.rejected.length + 1}`;
  }

  reject(token: string): void {
    if (!this.isDoubtful) this.rejected.push(token);
  }
}
