import type { Arbitrary } from "fast-check";
import type { FuzzRequest } from "./fuzz-request.ts";
import type { Contract } from "./judge-answer.ts";

/** The requests that one service is fuzzed with, and what all of its answers have in common. */
export interface FuzzService extends Contract {
  readonly name: string;
  readonly requests: Arbitrary<FuzzRequest>;
  /** Reads what a request would write and a refusal must leave as it was; undefined for requests that write nothing. */
  readonly readingOf?: (request: FuzzRequest) => FuzzRequest | undefined;
  /** Makes again what requests may have deleted or changed; after every 100 of them. */
  readonly renew?: () => Promise<void>;
}
