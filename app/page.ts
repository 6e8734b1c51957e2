import { createHash } from "node:crypto";
import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { AppError } from "./app-error.ts";
import type { Settings } from "./env.ts";
import { pageStyle } from "./page-style.ts";
import type { BlobPage } from "./target-store.ts";
import type { TargetReport } from "./target-report.ts";

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

export interface PageRow {
  readonly report: TargetReport;
  readonly listing: BlobPage | AppError;
}

/** The page's own style and nothing else: no script, no image, no frame, no form. */
export const pageSecurityPolicy =
  `default-src 'none'; style-src 'sha256-${createHash("sha256").update(pageStyle).digest("base64")}'; ` +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

// Outside the template, whose formatting would change the text that the policy's hash is of.
const styleElement = raw(`<style>${pageStyle}</style>`);

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

/** The one page: the chain from the identity to each target's blobs. Escapes whatever tenants named. */
export function renderPage(
  settings: Settings,
  rows: readonly PageRow[],
  packageHash: string | undefined,
): Html {
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
            ])}
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
  const { lastExchange, lastError, token } = report;
  return html`<li id="${report.name}">
    <h2>Target ${report.name} <small>in tenant ${report.tenant}</small></h2>
    ${facts([
      ["Tenant id", report.tenantId],
      ["Storage endpoint", report.endpoint],
      ["Container", report.container],
    ])}
    <h3>Last exchange</h3>
    <p class="${lastExchange?.outcome ?? "none"}">
      ${lastExchange ? `${lastExchange.outcome} at ${lastExchange.at}` : "none yet"}
      ${lastError ? html`<code>${lastError.code}</code> ${lastError.message}` : ""}
    </p>
    ${token.claims ? html`<h3>Claims of the storage token (${token.state})</h3>` : ""}
    ${facts(claimLabels.map(([label, claim]) => [label, token.claims?.[claim]]))}
    <h3>Blobs</h3>
    ${listing instanceof AppError ? failure(listing) : blobTable(report.name, listing)}
  </li>`;
}

function facts(pairs: readonly (readonly [string, string | undefined])[]): Html {
  const shown = pairs.filter(([, value]) => value !== undefined);
  if (shown.length === 0) return html``;
  return html`<dl>
    ${shown.map(
      ([label, value]) =>
        html`<dt>${label}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
}

function failure(error: AppError): Html {
  return html`<p class="failed"><code>${error.code}</code> ${error.message}</p>`;
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
