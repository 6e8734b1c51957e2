import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { isJsonObject, type JsonObject } from "../../src/base/json.ts";

/** A request as a client sent it to Azure, and Azure's answer. */
export interface Exchange {
  readonly request: { readonly method: string; readonly url: string; readonly body: unknown };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
}

/** Exchanges in the order in which they were made. */
export interface Recording {
  /** `pair 017`, or the name of a sequence. */
  readonly name: string;
  readonly source: JsonObject;
  /** What a pair shows that its request does not say. */
  readonly about?: string;
  readonly exchanges: readonly Exchange[];
}

const data = join(import.meta.dirname, "data");

/** Every recording in `data/`, whose README says what they are. */
export async function readRecordings(): Promise<Recording[]> {
  const pairs = (await lines("pairs")).flatMap(({ rows }) => rows.map(pairOf));
  const sequences = (await lines("sequences")).map(({ name, rows: [head, ...rest] }) => ({
    name,
    source: objectOf(head?.["source"]),
    exchanges: rest.map(exchangeOf),
  }));
  return [...pairs.toSorted((a, b) => a.name.localeCompare(b.name)), ...sequences];
}

async function lines(folder: string): Promise<{ name: string; rows: JsonObject[] }[]> {
  const files = (await readdir(join(data, folder))).toSorted();
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(data, folder, file), "utf8");
      const rows = text
        .trimEnd()
        .split("\n")
        .map((line) => objectOf(JSON.parse(line)));
      return { name: basename(file, ".jsonl"), rows };
    }),
  );
}

function pairOf(row: JsonObject): Recording {
  return {
    name: `pair ${String(row["id"])}`,
    source: objectOf(row["source"]),
    ...(typeof row["about"] === "string" ? { about: row["about"] } : {}),
    exchanges: [exchangeOf(row)],
  };
}

function exchangeOf(row: JsonObject): Exchange {
  return row as unknown as Exchange;
}

function objectOf(value: unknown): JsonObject {
  if (isJsonObject(value)) return value;
  throw new Error(`a recording has ${JSON.stringify(value)} where an object belongs`);
}
