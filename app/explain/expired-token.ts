import type { Failure } from "./refusal.ts";

/** Whether the upstream answered with a token that by this machine's clock had expired already. */
export function bringsExpiredToken({ details }: Failure): boolean {
  return details.expiredToken === true;
}
