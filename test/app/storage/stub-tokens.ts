import type { StorageTokens } from "../../../app/storage/bearer-token.ts";

/** Gives out "canary-1", and the next number after a refusal. */
export class StubTokens implements StorageTokens {
  /** The signal of every call. */
  readonly calls: (AbortSignal | undefined)[] = [];
  readonly rejected: string[] = [];
  /** Runs before a token is given out, to fail or to hang. */
  before: (signal?: AbortSignal) => Promise<void> = () => Promise.resolve();

  async getToken(signal?: AbortSignal): Promise<string> {
    this.calls.push(signal);
    await this.before(signal);
    return `canary-${this.rejected.length + 1}`;
  }

  reject(token: string): void {
    this.rejected.push(token);
  }
}
