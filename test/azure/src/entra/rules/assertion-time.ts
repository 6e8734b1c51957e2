import { type Clock, epochSeconds } from "../../world/clock.ts";
import type { Assertion } from "./assertion-well-formed.ts";
import { EntraRefusal } from "./entra-refusal.ts";

/** The assertion is within `nbf` and `exp` (RFC 7523 section 3). AADSTS700024, text observed, its status unverified. */
export function requireValidTime(clock: Clock, { claims }: Assertion): void {
  const now = epochSeconds(clock);
  const { nbf = 0, exp = 0 } = claims;
  if (nbf <= now && now < exp) return;
  throw new EntraRefusal(
    700024,
    401,
    "invalid_client",
    `Client assertion is not within its valid time range. Current time: ${time(clock.now())}, assertion valid from ` +
      `${time(nbf * 1000)}, expiry time of assertion ${time(exp * 1000)}. Review the documentation at ` +
      "https://learn.microsoft.com/entra/identity-platform/certificate-credentials .",
  );
}

/** Entra prints seven digits of a second. */
function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace("Z", "0000Z");
}
