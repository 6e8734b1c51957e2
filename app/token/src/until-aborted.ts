import type { GetTokenOptions } from "@azure/core-auth";

/** What ends a wait: an AbortSignal, or the likes of it that Azure's clients pass. */
export type AbortSignalLike = NonNullable<GetTokenOptions["abortSignal"]>;

/**
 * `work`, or the signal's reason as soon as it fires, also when `work` takes no notice; an
 * "AbortError" when the reason is no error, as Azure's clients expect.
 */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignalLike): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const leave = (): void => aborted.reject(abortReason(signal));
  if (signal.aborted) leave();
  signal.addEventListener("abort", leave);
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", leave);
  }
}

/** Why `signal` fired, as an error. */
export function abortReason(signal: AbortSignalLike): Error {
  const reason: unknown = Reflect.get(signal, "reason");
  return reason instanceof Error
    ? reason
    : new DOMException("the caller no longer waits", "AbortError");
}
