import type { Observation } from "./run-case.ts";

/**
 * An observation in the words of the table: what callers met and when, identity calls + exchanges
 * tried, and how long after the end of the fault there was a new token.
 */
export function describeObservation({ met, waitedMs, calls, recoveredMs }: Observation): string {
  const counts = `calls ${calls["managed identity"]} + ${calls.discovery}`;
  const recovery = recoveredMs === undefined ? "" : `, new token after ${duration(recoveredMs)}`;
  if (typeof met === "string") return `${met}, ${counts}${recovery}`;
  return `${met.code} ${waitedMs === 0 ? "at once" : `after ${duration(waitedMs)}`}, ${counts}${recovery}`;
}

function duration(ms: number): string {
  return ms < 120_000 ? `${ms / 1000} s` : `${Math.round(ms / 60_000)} min`;
}
