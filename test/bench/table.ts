import type { Line } from "./row.ts";

const heads = ["measured", "plain composition", "ours", "goal", "repeat with npm run bench --"];

/** The lines of each row as one Markdown table, padded so that a terminal shows it as one too. */
export function renderTable(rows: readonly { name: string; lines: readonly Line[] }[]): string {
  const cells = rows.flatMap(({ name, lines }) =>
    lines.map(({ what, plain, ours, goal, missed }) => {
      return [what, plain, missed ? `${ours}, missed` : ours, goal, `--row ${name}`];
    }),
  );
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const text = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |\n`;
  const rule = text(widths.map((width) => "-".repeat(width)));
  return text(heads) + rule + cells.map(text).join("");
}
