import type { TargetFacts } from "./facts.ts";
import type { Refusal } from "./refusal.ts";

/** A refusal that Azure Storage names by a code; several codes when cause and fix are the same. */
export function storageRefusal(
  azureCodes: readonly string[],
  explain: Refusal<TargetFacts>["explain"],
): Refusal<TargetFacts> {
  return {
    sign: azureCodes.join(", "),
    matches: ({ details }) => azureCodes.includes(details.azureCode ?? ""),
    explain,
  };
}
