import { readFile, writeFile } from "node:fs/promises";
import { kinds } from "./kinds.ts";
import type { Replayed } from "./replay.ts";

/** One row of the table in README.md, which is written from the file of them. */
export interface Result {
  readonly kind: string;
  /** Of 100 real fields, how many are to be here. */
  readonly goal: number;
  readonly exchanges: number;
  /** Answered 501, as the support table says. */
  readonly declared: number;
  readonly leftOut: number;
  readonly sameStatus: number;
  readonly realFields: number;
  readonly metFields: number;
  readonly notMet: number;
}

const file = new URL("../../readme/recorded.json", import.meta.url);

/** The rows, in the order of the kinds. */
export function resultsOf(replayed: readonly Replayed[]): Result[] {
  return kinds.flatMap(({ name, used }) => {
    const own = replayed.filter(({ kind }) => kind.name === name);
    const sum = (field: "realFields" | "metFields") =>
      own.reduce((all, each) => all + each[field], 0);
    const count = (holds: (each: Replayed) => boolean) => own.filter(holds).length;
    return {
      kind: name,
      goal: used ? 95 : 85,
      exchanges: own.length,
      declared: count(({ outcome }) => outcome === "declared"),
      leftOut: count(({ outcome }) => outcome === "left out"),
      sameStatus: count(({ sameStatus }) => sameStatus),
      realFields: sum("realFields"),
      metFields: sum("metFields"),
      notMet: count(({ differences }) => differences.length > 0),
    };
  });
}

export async function readResults(): Promise<unknown> {
  return JSON.parse(await readFile(file, "utf8"));
}

export async function writeResults(results: readonly Result[]): Promise<void> {
  await writeFile(file, `${JSON.stringify(results, null, 2)}\n`);
}
