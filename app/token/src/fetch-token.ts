import type { AccessToken, TokenCredential } from "@azure/core-auth";
import { runAttempt, type Attempt } from "./attempt.ts";
import type { Clock } from "./clock.ts";
import { withDeadline } from "./deadline.ts";
import { describeFailure } from "./describe-failure.ts";
import type { TokenHop } from "./token-error.ts";

/** One lost packet must cost less than a caller's whole wait. */
const attemptDeadlineMs = 5_000;
/** A date that is further off than this is a wrong header rather than a clock's drift. */
const largestSkewMs = 600_000;

export interface TokenRequest {
  readonly hop: TokenHop;
  readonly clock: Clock;
  readonly scope: string;
}

/**
 * Asks a new credential for a token, once and for five seconds at most; rejects with a TokenError.
 * A managed identity's token comes with the moment of its expiry by the upstream's clock, and is
 * returned with that moment by this machine's, so that a few minutes between the two do no harm.
 */
export async function fetchToken(
  { hop, clock, scope }: TokenRequest,
  signal: AbortSignal,
  makeCredential: () => TokenCredential,
): Promise<AccessToken> {
  return withDeadline({ hop, clock, deadlineMs: attemptDeadlineMs }, signal, async (inner) => {
    const attempt: Attempt = { signal: inner };
    try {
      const token = await runAttempt(attempt, () =>
        makeCredential().getToken(scope, { abortSignal: inner }),
      );
      if (token === null) throw new Error("the credential has no token");
      if (hop === "token exchange") return token;
      return onThisClock(token, attempt.answer?.serverTime, clock.now());
    } catch (error) {
      throw describeFailure(hop, error, attempt);
    }
  });
}

// Entra tells how long an exchanged token lasts (expires_in): the SDK counts that from now.
function onThisClock(token: AccessToken, serverTime: number | undefined, now: number): AccessToken {
  const skewMs = serverTime === undefined ? 0 : now - serverTime;
  if (Math.abs(skewMs) > largestSkewMs) return token;
  return { ...token, expiresOnTimestamp: token.expiresOnTimestamp + skewMs };
}
