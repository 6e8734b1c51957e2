import { format } from "prettier";
import { knownFailures } from "../../../app/explain/explain.ts";
import { signOf } from "../../../app/explain/row.ts";

const heading = "<!-- causes -->";
const ending = "<!-- /causes -->";

/** `readme` with a table of every known failure between its two marks, laid out as the linter wants it. */
export async function withCauseTable(readme: string): Promise<string> {
  const [before, rest] = readme.split(heading);
  const after = rest?.split(ending)[1];
  if (before === undefined || after === undefined) {
    throw new Error(`the README has no ${heading} ... ${ending}`);
  }
  const text = [before, heading, "\n\n", tables(), "\n", ending, after].join("");
  return format(text, { parser: "markdown", printWidth: 100 });
}

function tables(): string {
  return Object.entries(knownFailures)
    .map(([hop, rows]) => {
      const lines = rows.map((row) => `| ${signOf(row)} | ${row.cause} | ${row.fix} |`);
      return `### ${hop}\n\n| Sign | Cause | Fix |\n| --- | --- | --- |\n${lines.join("\n")}\n`;
    })
    .join("\n");
}
