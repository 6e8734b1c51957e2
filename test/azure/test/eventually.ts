import { vi } from "vitest";

/** After which something hangs, on however busy a machine; Vitest's own second says no more than that a machine is busy. */
const patienceMilliseconds = 120_000;

/** Resolves with what `check` gives once it no longer throws. Rejects with its last error after two minutes. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: patienceMilliseconds });
}
