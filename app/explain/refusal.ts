import type { AppError } from "../app-error.ts";

/** Why a hop failed and what mends it, with this site's own values and never with a token. */
export interface Explanation {
  readonly cause: string;
  readonly fix: string;
}

/** What a refusal is recognised by. */
export type Failure = Pick<AppError, "code" | "message" | "details">;

/**
 * A known refusal. It is diagnosis for people and nothing branches on it: Entra says that programs
 * which depend on its numbers and texts break over time (entra reference-error-codes).
 */
export interface Refusal<Facts> {
  /** What it is recognised by, in words. */
  readonly sign: string;
  readonly matches: (failure: Failure) => boolean;
  readonly explain: (facts: Facts, failure: Failure) => Explanation;
}
