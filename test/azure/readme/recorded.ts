import { readFile } from "node:fs/promises";

interface Row {
  readonly kind: string;
  readonly goal: number;
  readonly exchanges: number;
  readonly declared: number;
  readonly leftOut: number;
  readonly sameStatus: number;
  readonly realFields: number;
  readonly metFields: number;
  readonly notMet: number;
}

/** How the recorded answers of Azure are met, by kind, as `npm run recorded -- --write` counted. */
export async function renderRecorded(): Promise<string> {
  const text = await readFile(new URL("recorded.json", import.meta.url), "utf8");
  const rows = JSON.parse(text) as Row[];
  const sum = (of: (row: Row) => number) => rows.reduce((all, row) => all + of(row), 0);
  const notMet = sum(({ notMet }) => notMet);
  const head = `Of ${sum(({ exchanges }) => exchanges)} recorded exchanges ${sum(({ declared }) => declared)} are answered 501, as the tables above say, and ${notMet} others are not met in all their fields and headers.`;
  return `${head}\n\n| asked for | exchanges | of them 501 | same status | real fields that are here | goal | not met |\n|---|--:|--:|--:|--:|--:|--:|\n${rows.map(renderRow).join("\n")}`;
}

function renderRow(row: Row): string {
  const compared = row.exchanges - row.declared - row.leftOut;
  const fields = `${row.metFields} of ${row.realFields}${share(row)}`;
  const status = `${row.sameStatus} of ${compared}`;
  return `| ${[row.kind, row.exchanges, row.declared, status, fields, `${row.goal} %`, row.notMet].join(" | ")} |`;
}

function share({ realFields, metFields }: Row): string {
  return realFields === 0 ? "" : `, ${((100 * metFields) / realFields).toFixed(1)} %`;
}
