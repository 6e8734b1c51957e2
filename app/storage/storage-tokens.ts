/** One tenant's tokens for Azure Storage. */
export interface StorageTokens {
  /** The text of a valid token; rejects with a TokenError, or with the reason of `signal` once it fires. */
  getToken(signal?: AbortSignal): Promise<string>;
  /** Storage refused `token`: it is not to be given out again. */
  reject(token: string): void;
}
