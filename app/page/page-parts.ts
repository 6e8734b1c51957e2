import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { ExplainedError } from "../explain/explain.ts";

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** A list of terms and values; a term without a value is left out. */
export function facts(pairs: readonly (readonly [string, string | undefined])[]): Html {
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

/** A failure with what caused it and what mends it. */
export function failure({ code, message, explanation }: ExplainedError): Html {
  return html`<div class="failure">
    <p class="failed"><code>${code}</code> ${message}</p>
    ${
      explanation
        ? html`<dl class="explanation">
            <dt>Cause</dt>
            <dd>${explanation.cause}</dd>
            <dt>Fix</dt>
            <dd>${explanation.fix}</dd>
          </dl>`
        : ""
    }
  </div>`;
}
