import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

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
