import { startChild } from "../child.ts";
import type { Side } from "../side.ts";
import type { Calls } from "./answers.ts";
import { startUpstream } from "./upstream.ts";

/**
 * What a fresh process of `side` asks upstream while so many callers in each of so many tenants
 * want their first token at once; rejects when one of them does not get it.
 */
export async function countCalls(
  side: Side,
  tenants: number,
  callers: number,
  delayMs: number,
): Promise<Calls> {
  await using upstream = await startUpstream(delayMs);
  const args = [side, String(tenants), String(callers)];
  await using subject = startChild("subjects/first-tokens.ts", args, upstream.env);
  await subject.next();
  return await upstream.calls();
}
