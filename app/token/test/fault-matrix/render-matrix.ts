import { format } from "prettier";
import type { TokenHop } from "../../src/token-error.ts";
import { matrix, warm } from "./matrix.ts";

const hops: readonly TokenHop[] = ["managed identity", "token exchange"];

/** The matrix as a Markdown section: one row for all faults that behave alike. */
export function renderMatrix(): Promise<string> {
  const tables = hops.flatMap((hop) => [
    `| ${hop} | Nothing held yet | Token due for refresh | Token expired |`,
    "| --- | --- | --- | --- |",
    ...matrix
      .filter((group) => group.hop === hop)
      .map(({ faults, cold = "(is a token like any other)", pastRefresh, expired }) =>
        row([faults.join("; "), cold, pastRefresh, expired]),
      ),
    "",
  ]);
  return format([explanation, "", ...tables].join("\n"), { parser: "markdown" });
}

const explanation = `With a fresh token no fault is noticed: ${warm}. "Calls 1 + 3" are one request to the
managed identity's endpoint and three exchanges tried, by one caller as well as by a hundred at once;
as many callers again right afterwards make none. "After 4 s" is the time until the caller has the
error, "new token after 7 s" the longest time from the end of the fault to a token that replaces the
missing, old or expired one, without a restart. A fault of the exchange is met alike at the discovery
request that precedes it on authorities other than the public cloud's.`;

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
