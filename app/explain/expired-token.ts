import type { Failure } from "./refusal.ts";

/** Whether the upstream answered with a token that by this machine's clock had expired already. */
export function bringsExpiredToken({ message }: Failure): boolean {
  return message.includes("the answer is a token that expired at");
}
