import { html } from "hono/html";
import type { TokenCounters } from "cross-tenant-tokens";
import { facts, failure, type Html } from "./page-parts.ts";
import type { ExplainedError } from "../explain/explain.ts";
import type { AttemptReport, TokenReport } from "../report/token-report.ts";

interface TokenSection {
  readonly token: TokenReport;
  readonly counters: TokenCounters;
  readonly lastAttempt: AttemptReport | undefined;
  readonly lastError: ExplainedError | undefined;
}

const claimLabels = [
  ["Issuer", "issuer"],
  ["Tenant", "tenantId"],
  ["Application", "applicationId"],
  ["Subject", "subject"],
  ["Audience", "audience"],
  ["Issued at", "issuedAt"],
  ["Not before", "notBefore"],
  ["Expires at", "expiresAt"],
] as const;

/** How the last request for a token ended, the token's age and use, and whom it names. */
export function tokenSection(heading: string, section: TokenSection): Html {
  const { token, counters, lastAttempt, lastError } = section;
  const { served, obtained, failed, rejected } = counters;
  return html`<h3>${heading}</h3>
    <p class="${lastAttempt?.outcome ?? "none"}">
      ${lastAttempt ? `${lastAttempt.outcome} at ${lastAttempt.at}` : "none yet"}
    </p>
    ${lastError ? failure(lastError) : ""}
    <h3>Token</h3>
    ${facts([
      ["State", `${token.state}${token.refreshing ? ", being fetched" : ""}`],
      ["Age", duration(token.ageSeconds)],
      ["Remaining life", duration(token.remainingSeconds)],
      ["Next one from", token.refreshAt],
      [
        "Counters",
        `${served} served, ${obtained} obtained, ${failed} failed, ${rejected} rejected`,
      ],
      ...claimLabels.map(([label, claim]) => [label, token.claims?.[claim]] as const),
    ])}`;
}

function duration(seconds: number | undefined): string | undefined {
  if (seconds === undefined) return undefined;
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}
