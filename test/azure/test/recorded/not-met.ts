import { readFile, writeFile } from "node:fs/promises";
import type { Replayed } from "./replay.ts";

const file = new URL("not-met.tsv", import.meta.url);

/** The one list of exchanges that are not met: by name, why. */
export async function readNotMet(): Promise<Map<string, string>> {
  const text = await readFile(file, "utf8");
  const rows = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(rows.map((line) => line.split("\t") as [string, string]));
}

/** Exchanges that are not met though the list does not say so, and those that are met though it says otherwise. */
export function compareWithList(replayed: readonly Replayed[], list: ReadonlyMap<string, string>) {
  const failing = replayed.filter(({ differences }) => differences.length > 0);
  const names = new Set(failing.map(({ name }) => name));
  return {
    unlisted: failing
      .filter(({ name }) => !list.has(name))
      .map(({ name, differences }) => `${name}: ${differences.slice(0, 5).join("; ")}`),
    metAgain: [...list.keys()].filter((name) => !names.has(name)),
  };
}

/** Writes the list anew: what is met now leaves it, what is not any more comes in with its differences for a reason. */
export async function writeNotMet(replayed: readonly Replayed[]): Promise<void> {
  const list = await readNotMet();
  const rows = replayed
    .filter(({ differences }) => differences.length > 0)
    .map(({ name, differences }) => `${name}\t${list.get(name) ?? `new: ${brief(differences)}`}`);
  const head =
    "# What is not answered as recorded, and why: npm run recorded -- --write takes out what is met.";
  await writeFile(file, `${[head, ...rows].join("\n")}\n`);
}

function brief(differences: readonly string[]): string {
  const more = differences.length > 3 ? ` and ${differences.length - 3} more` : "";
  return `${differences.slice(0, 3).join("; ").replaceAll(/\s+/g, " ").slice(0, 160)}${more}`;
}
