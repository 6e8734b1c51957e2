/** The two hops between an identity and a token for a resource tenant. */
export type TokenHop = "managed identity" | "token exchange";

/**
 * The first two are refusals, which last until somebody changes a configuration. "Unavailable" is an
 * upstream that did not answer, was overloaded or broken, or answered something else than a token;
 * "deadline" one that said nothing in time.
 */
export type TokenErrorCode =
  | "ERR_MANAGED_IDENTITY"
  | "ERR_TOKEN_EXCHANGE"
  | "ERR_UPSTREAM_UNAVAILABLE"
  | "ERR_UPSTREAM_DEADLINE";

/** What the upstream said about itself, for whoever has to look it up in the tenant's sign-in log. */
export interface TokenErrorDetails {
  /** The number after "AADSTS"; a diagnosis, never something to branch on: Entra changes them. */
  readonly aadsts?: number;
  readonly upstreamStatus?: number;
  readonly traceId?: string;
  readonly correlationId?: string;
  /** The socket's error code when there was no answer, e.g. "ECONNREFUSED". */
  readonly network?: string;
  /** The answer was a token that had expired by this machine's clock. */
  readonly expiredToken?: true;
}

interface TokenErrorOptions extends ErrorOptions {
  /** How long the upstream asked to be left alone, in milliseconds. */
  readonly retryAfterMs?: number;
}

/** A token could not be had: which hop failed, how, and what it said. Never carries a token. */
export class TokenError extends Error {
  readonly hop: TokenHop;
  readonly code: TokenErrorCode;
  readonly details: TokenErrorDetails;
  readonly retryAfterMs?: number;

  constructor(
    hop: TokenHop,
    code: TokenErrorCode,
    message: string,
    details: TokenErrorDetails = {},
    options: TokenErrorOptions = {},
  ) {
    super(message, options);
    this.name = "TokenError";
    this.hop = hop;
    this.code = code;
    this.details = details;
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
  }

  /** Whether the same request may succeed a moment later without anybody's doing. */
  get isTransient(): boolean {
    return this.code === "ERR_UPSTREAM_UNAVAILABLE" || this.code === "ERR_UPSTREAM_DEADLINE";
  }
}

/** The code of a refusal by `hop`. */
export function refusalCode(hop: TokenHop): TokenErrorCode {
  return hop === "managed identity" ? "ERR_MANAGED_IDENTITY" : "ERR_TOKEN_EXCHANGE";
}
