import { randomUUID } from "node:crypto";
import { isGuid } from "../../base/guid.ts";
import type { Azure } from "../../service/azure.ts";
import { GraphError } from "./errors.ts";

/** Shown in graph/json-batching; observed on every JSON answer of the directory. */
const CONTENT_TYPE =
  "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

/** A JSON answer in the form of Microsoft Graph. */
export function json(value: object, status = 200): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { "content-type": CONTENT_TYPE, "odata-version": "4.0" },
  });
}

/** The answer of a change that shows nothing. */
export function noContent(): Response {
  return new Response(null, { status: 204 });
}

/**
 * Completes an answer, or renders a refusal as `{error: {code, message, innerError}}` (graph/errors), with a request id of
 * ours and the client's own where it sent one (graph/best-practices-concept, "reliability and support").
 */
export function respond(azure: Azure, request: Request, outcome: Response | GraphError): Response {
  const requestId = randomUUID();
  const sent = request.headers.get("client-request-id") ?? "";
  const ids = {
    "request-id": requestId,
    "client-request-id": isGuid(sent) ? sent : requestId,
  };
  const rest = {
    "cache-control": "no-cache",
    // Recorded on every answer: which machine it was, here none, and what the request cost.
    "x-ms-ags-diagnostic": JSON.stringify({ ServerInfo: { DataCenter: "local", Slice: "E" } }),
    "x-ms-resource-unit": "1",
  };
  const answer = outcome instanceof GraphError ? refusal(azure, outcome, ids) : outcome;
  for (const [name, value] of Object.entries({ ...ids, ...rest })) answer.headers.set(name, value);
  return answer;
}

function refusal(
  azure: Azure,
  { status, code, message, details }: GraphError,
  ids: Record<string, string>,
): Response {
  const date = new Date(azure.clock.now()).toISOString().slice(0, 19);
  const innerError = { date, ...ids };
  const headers = status === 401 ? { "www-authenticate": challenge(azure) } : {};
  return Response.json(
    { error: { code, message, ...(details.length > 0 ? { details } : {}), innerError } },
    { status, headers },
  );
}

/** Graph names no tenant: it is the client that knows which (observed). */
function challenge({ endpoints }: Azure): string {
  return `Bearer realm="", authorization_uri="${endpoints.login}/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"`;
}
