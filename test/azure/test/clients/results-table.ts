import type { SuiteRow } from "./suite.ts";

const heads = ["client", "version", "case", "result"];

/** The cases of all suites as one Markdown table, padded so that a terminal shows it as one too. */
export function renderResults(rows: readonly SuiteRow[]): string {
  const cells = rows.map(({ client, version, name, passed }) => {
    return [client, version, name, passed ? "passed" : "FAILED"];
  });
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |\n`;
  const rule = line(widths.map((width) => "-".repeat(width)));
  return line(heads) + rule + cells.map(line).join("");
}
