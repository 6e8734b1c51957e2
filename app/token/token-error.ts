/** The two hops between an identity and a token for a resource tenant. */
export type TokenHop = "managed identity" | "token exchange";

/** What the upstream said about itself, for whoever has to look it up in the tenant's sign-in log. */
export interface TokenErrorDetails {
  /** The number after "AADSTS"; a diagnosis, never something to branch on: Entra changes them. */
  readonly aadsts?: number;
  readonly upstreamStatus?: number;
  readonly traceId?: string;
  readonly correlationId?: string;
}

/** A token could not be had: which hop failed, whether it refused or never answered, and its ids. */
export class TokenError extends Error {
  readonly hop: TokenHop;
  readonly reason: "refused" | "deadline";
  readonly details: TokenErrorDetails;

  constructor(
    hop: TokenHop,
    reason: "refused" | "deadline",
    message: string,
    details: TokenErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "TokenError";
    this.hop = hop;
    this.reason = reason;
    this.details = details;
  }
}
