import type { Clock } from "./clock.ts";
import { TokenError, type TokenHop } from "./token-error.ts";
import { untilAborted } from "./until-aborted.ts";

/** A wait that ends, and the name of the hop that is to blame when it does. */
export interface Deadline {
  readonly hop: TokenHop;
  readonly clock: Clock;
  readonly deadlineMs: number;
}

/**
 * `work`, ended by a TokenError ERR_UPSTREAM_DEADLINE after `deadlineMs` or by `outer`. The signal
 * given to `work` fires in both cases, so that a request in flight is cancelled and not just forgotten.
 */
export async function withDeadline<T>(
  { hop, clock, deadlineMs }: Deadline,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const message = `no answer within ${deadlineMs / 1000} s`;
  const cancelTimer = clock.after(deadlineMs, () =>
    late.abort(new TokenError(hop, "ERR_UPSTREAM_DEADLINE", message)),
  );
  const signal = AbortSignal.any([outer, late.signal]);
  try {
    return await untilAborted(work(signal), signal);
  } finally {
    cancelTimer();
  }
}
