/** `ms` since the Unix epoch in ISO 8601; undefined beyond what a Date can hold, as upstreams may say. */
export function isoTime(ms: number): string | undefined {
  const time = new Date(ms);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
