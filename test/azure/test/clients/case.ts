import type { SuiteResult, SuiteRow } from "./suite.ts";

/** One thing that a tool must do here, or must be refused. Throws when it does not come so. */
export interface Case {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** Cases of which each goes on where the one before it ended. */
export interface CaseGroup {
  readonly cases: readonly Case[];
  /** Removes what it needed on this machine. */
  readonly close: () => Promise<void>;
}

/**
 * Runs groups side by side, because their tools wait most of the time, and the cases of one group in order: once one has failed
 * the rest of its group fails with it.
 */
export async function runCases(
  groups: readonly CaseGroup[],
  client: Pick<SuiteRow, "client" | "version">,
): Promise<SuiteResult> {
  const failures: string[] = [];
  const rows = await Promise.all(
    groups.map(async ({ cases, close }) => {
      const done: SuiteRow[] = [];
      let broken = false;
      for (const { name, run } of cases) {
        if (!broken) broken = await fails(name, run, failures);
        done.push({ ...client, name, passed: !broken });
      }
      await close();
      return done;
    }),
  );
  return { rows: rows.flat(), passed: failures.length === 0, output: failures.join("\n") };
}

async function fails(name: string, run: Case["run"], failures: string[]): Promise<boolean> {
  try {
    await run();
    return false;
  } catch (error) {
    failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    return true;
  }
}

/** Throws unless a command failed, and for a reason that has all of these texts. */
export function requireRefused(
  { code, text }: { readonly code: number | null; readonly text: string },
  ...reasons: readonly string[]
): void {
  const missing = reasons.filter((reason) => !text.includes(reason));
  if (code !== 0 && missing.length === 0) return;
  throw new Error(
    `ended with ${code} and without ${JSON.stringify(missing)}: ${text.slice(-3000)}`,
  );
}

/** Throws unless the value is there. */
export function requireText(text: string, expected: string): void {
  if (!text.includes(expected)) throw new Error(`without "${expected}": ${text.slice(-3000)}`);
}
