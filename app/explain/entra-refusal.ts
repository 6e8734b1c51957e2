import type { TargetFacts } from "./facts.ts";
import type { Refusal } from "./refusal.ts";

/** A refusal that Entra numbers; several numbers when cause and fix are the same. */
export function entraRefusal(
  numbers: readonly number[],
  explain: Refusal<TargetFacts>["explain"],
): Refusal<TargetFacts> {
  return {
    sign: numbers.map((number) => `AADSTS${number}`).join(", "),
    matches: ({ details }) => details.aadsts !== undefined && numbers.includes(details.aadsts),
    explain,
  };
}
