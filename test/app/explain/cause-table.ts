import { format } from "prettier";
import { AppError } from "../../../app/app-error.ts";
import { knownRefusals } from "../../../app/explain/explain.ts";
import type { TargetFacts } from "../../../app/explain/facts.ts";

const heading = "<!-- causes -->";
const ending = "<!-- /causes -->";

/** `readme` with a table of every known refusal between its two marks, laid out as the linter wants it. */
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
  return Object.entries(knownRefusals)
    .map(([hop, refusals]) => {
      const rows = refusals.map(({ sign, explain }) => {
        const { cause, fix } = explain(placeholders, named);
        return `| ${sign} | ${cause} | ${fix} |`;
      });
      return `### ${hop}\n\n| Sign | Cause | Fix |\n| --- | --- | --- |\n${rows.join("\n")}\n`;
    })
    .join("\n");
}

// Braces, because a Markdown page would take angle brackets for HTML.
const placeholders: TargetFacts = {
  applicationClientId: "{applicationClientId}",
  managedIdentityClientId: "{managedIdentityClientId}",
  managedIdentityPrincipalId: "{managedIdentityPrincipalId}",
  managedIdentityIssuer: "{managedIdentityIssuer}",
  authorityHost: "{authorityHost}",
  exchangeAudience: "{exchangeAudience}",
  tenant: "{tenant}",
  tenantId: "{tenantId}",
  blobEndpoint: "{blobEndpoint}",
  container: "{container}",
};

const named = new AppError(502, "ERR_STORAGE_REFUSED", "", {
  storageTenantId: "{storageTenantId}",
});
