import type { Stage } from "./stage.ts";

/** One step of `pulumi preview --json`. */
export interface Step {
  readonly op: string;
  readonly urn: string;
  /** URN and id of its provider. */
  readonly provider?: string;
  readonly detailedDiff?: Record<string, { kind: string }> | null;
  readonly newState?: { readonly inputs?: Record<string, unknown> };
}

/** What a preview would do, apart from what stays the same; throws with the engine's output when it fails. */
export async function previewSteps(stage: Stage, ...args: string[]): Promise<Step[]> {
  const result = await stage.pulumi("preview", "--json", ...args);
  if (result.code !== 0) throw new Error(`preview failed:\n${result.stdout}\n${result.stderr}`);
  const { steps } = JSON.parse(result.stdout) as { steps: Step[] };
  return steps.filter(({ op }) => op !== "same" && op !== "read");
}

/** `op type name`, with a URN's short type. */
export function shortSteps(steps: readonly Step[]): string[] {
  return steps.map(({ op, urn }) => `${op} ${shortUrn(urn)}`).sort();
}

/** `type name` of a URN, the type without its package and module. */
export function shortUrn(urn: string): string {
  const [, , types = "", name = ""] = urn.split("::");
  return `${types.split("$").at(-1)?.split(":").at(-1) ?? ""} ${name}`;
}
