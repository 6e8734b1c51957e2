import type { BearerRefusal } from "../../src/world/tokens/bearer.ts";
import type { GoodToken } from "./good-token.ts";

/** What becomes of a good token when one fact of it is another. */
export interface BadToken {
  readonly name: string;
  /** What every service says is wrong with it, in its own words. */
  readonly reason: BearerRefusal;
  readonly of: (good: GoodToken) => string | Promise<string>;
}
