import { toAppError, type AppError } from "./app-error.ts";
import type { Target } from "./target.ts";
import { readClaims, type TokenClaims } from "./token/claims.ts";
import type { TokenState } from "./token/token-cache.ts";

/** What is known about a target and the last exchange in its tenant; never the token itself. */
export interface TargetReport {
  readonly name: string;
  readonly tenant: string;
  readonly tenantId: string;
  readonly kind: "blob";
  readonly endpoint: string;
  readonly container: string;
  readonly token: { readonly state: "none" | "valid" | "expired"; readonly claims?: TokenClaims };
  readonly lastExchange?: {
    readonly at: string;
    readonly outcome: "succeeded" | "failed";
    readonly code?: string;
  };
  readonly lastError?: ReturnType<AppError["toJSON"]>;
}

/** Reports on `target` at `now`, in milliseconds since the Unix epoch. */
export function reportTarget(target: Target, state: TokenState, now: number): TargetReport {
  const { blobEndpoint: endpoint, ...shown } = target;
  const { token, lastAttempt } = state;
  const error = lastAttempt?.error && toAppError(lastAttempt.error);
  return {
    ...shown,
    endpoint,
    token: {
      state: token === undefined ? "none" : now < token.expiresOnTimestamp ? "valid" : "expired",
      ...(token && { claims: readClaims(token.token) }),
    },
    ...(lastAttempt && {
      lastExchange: {
        at: new Date(lastAttempt.at).toISOString(),
        outcome: error ? "failed" : "succeeded",
        ...(error && { code: error.code }),
      },
    }),
    ...(error && { lastError: error.toJSON() }),
  };
}
