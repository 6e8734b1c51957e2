import { html } from "hono/html";
import type { ExplainedError } from "../explain/explain.ts";
import type { Html } from "./page-facts.ts";

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
