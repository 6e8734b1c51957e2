/** The middle of `values`, the upper one of two; NaN of none. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The value below which the share `rank`, from 0 to 1, of `values` lies; NaN of none. */
export function percentile(values: readonly number[], rank: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(Math.floor(sorted.length * rank), sorted.length - 1)] ?? Number.NaN;
}

/**
 * The median ratio of measurements taken in pairs one right after the other: what slows the machine
 * for a while slows both halves of a pair.
 */
export function medianRatio(values: readonly number[], base: readonly number[]): number {
  return median(values.map((value, index) => value / (base[index] ?? Number.NaN)));
}
