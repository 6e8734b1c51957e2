import { createHash } from "node:crypto";
import { html, raw } from "hono/html";
import type { Settings } from "../env.ts";
import type { ExplainedError } from "../explain/explain.ts";
import type { IdentityReport } from "../report/identity-report.ts";
import { facts, failure, type Html } from "./page-parts.ts";
import { pageStyle } from "./page-style.ts";
import { tokenSection } from "./page-token.ts";
import type { BlobPage } from "../target-store.ts";
import type { TargetReport } from "../report/target-report.ts";

export interface PageRow {
  readonly report: TargetReport;
  /** The target's first blobs, why they could not be listed, or undefined when nothing has come so far. */
  readonly listing: BlobPage | ExplainedError | undefined;
}

export interface PageContent {
  readonly settings: Settings;
  readonly identity: IdentityReport;
  readonly rows: readonly PageRow[];
  readonly packageHash: string | undefined;
}

/** The page's own style and nothing else: no script, no image, no frame, no form. */
export const pageSecurityPolicy =
  `default-src 'none'; style-src 'sha256-${createHash("sha256").update(pageStyle).digest("base64")}'; ` +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

// Outside the template, whose formatting would change the text that the policy's hash is of.
const styleElement = raw(`<style>${pageStyle}</style>`);

/** Leads a browser on to the page, without which nobody asks for it. */
export const doorway = html`<!doctype html>
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="refresh" content="0; url=/overview" />
      <title>Cross-tenant data</title>
    </head>
    <body>
      <a href="/overview">Overview</a>
    </body>
  </html>`;

/** The one page: the chain from the identity to each target's blobs. Escapes whatever tenants named. */
export function renderPage({ settings, identity, rows, packageHash }: PageContent): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Cross-tenant data</title>
        ${styleElement}
      </head>
      <body>
        <header>
          <h1>Cross-tenant data</h1>
          <p>
            Blobs in other Entra tenants, reached without a secret: this site's managed identity
            vouches for the application, and each resource tenant issues a token for it.
          </p>
        </header>
        <ol class="chain">
          <li>
            <h2>Managed identity</h2>
            ${facts([
              ["Client id", settings.managedIdentityClientId],
              ["Principal id", settings.managedIdentityPrincipalId],
              ["Issuer", settings.managedIdentityIssuer],
            ])}
            ${tokenSection("Last request", { lastAttempt: undefined, lastError: undefined, ...identity })}
          </li>
          <li>
            <h2>Application</h2>
            ${facts([
              ["Client id", settings.applicationClientId],
              ["Trusts tokens for", settings.exchangeAudience],
              ["Signs in at", settings.authorityHost],
            ])}
          </li>
          ${rows.map(targetSection)}
        </ol>
        ${rows.length === 0 ? html`<p>No target is configured.</p>` : ""}
        <footer>
          Package ${packageHash ?? "none, running from sources"} · also as JSON:
          <a href="/api/targets">/api/targets</a>
        </footer>
      </body>
    </html>`;
}

function targetSection({ report, listing }: PageRow): Html {
  const { token, counters, lastExchange, lastError } = report;
  return html`<li id="${report.name}">
    <h2>Target ${report.name} <small>in tenant ${report.tenant}</small></h2>
    ${facts([
      ["Tenant id", report.tenantId],
      ["Storage endpoint", report.endpoint],
      ["Container", report.container],
    ])}
    ${tokenSection("Last exchange", { token, counters, lastAttempt: lastExchange, lastError })}
    <h3>Blobs</h3>
    ${listingSection(report, listing)}
  </li>`;
}

function listingSection({ name, lastError }: TargetReport, listing: PageRow["listing"]): Html {
  if (listing === undefined) {
    return html`<p class="none">No answer yet. Reload the page to ask again.</p>`;
  }
  if (!("code" in listing)) return blobTable(name, listing);
  const told = listing.hop === lastError?.hop && listing.code === lastError?.code;
  return told ? html`<p class="failed">Not listed: see the last exchange.</p>` : failure(listing);
}

function blobTable(target: string, { blobs, continuation }: BlobPage): Html {
  if (blobs.length === 0) return html`<p class="none">The container is empty.</p>`;
  return html`<table>
      <thead>
        <tr>
          <th>Name</th>
          <th>Bytes</th>
          <th>Last modified</th>
        </tr>
      </thead>
      <tbody>
        ${blobs.map(
          ({ name, bytes, lastModified }) =>
            html`<tr>
              <td>
                <a href="/api/targets/${target}/blobs/${encodeURIComponent(name.toWellFormed())}"
                  >${name}</a
                >
              </td>
              <td>${bytes.toLocaleString("en")}</td>
              <td>${lastModified}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${continuation ? html`<p>More at <a href="/api/targets/${target}/blobs">the list</a>.</p>` : ""}`;
}
