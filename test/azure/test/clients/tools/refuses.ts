import { type Case, requireRefused } from "../case.ts";
import type { Outcome } from "./tool.ts";

/** A case whose command must fail and show all of these texts. */
export function refuses(
  name: string,
  command: () => Promise<Outcome>,
  ...reasons: readonly string[]
): Case {
  return { name, run: async () => requireRefused(await command(), ...reasons) };
}
