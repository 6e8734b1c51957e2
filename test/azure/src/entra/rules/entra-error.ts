import { randomUUID } from "node:crypto";
import { isGuid } from "../../base/guid.ts";
import type { Azure } from "../../service/azure.ts";
import type { EntraRefusal } from "./entra-refusal.ts";

// Codes whose answers were seen to carry error_uri; what the others' carry is not known.
const WITH_ERROR_URI = new Set([
  70021, 90002, 500011, 700016, 700024, 700027, 700213, 900144, 7000215, 7000216, 7000229,
]);

/**
 * Entra's error JSON (learn.microsoft.com/entra/identity-platform/reference-error-codes, "Handling error codes"). The
 * description ends in the three ids as current Entra writes them, parted by single spaces.
 */
export function renderRefusal(azure: Azure, refusal: EntraRefusal, correlation: string): Response {
  const trace = randomUUID();
  const timestamp = `${new Date(azure.clock.now()).toISOString().slice(0, 19).replace("T", " ")}Z`;
  const body = {
    error: refusal.error,
    error_description: `${refusal.message} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
    error_codes: [refusal.code],
    timestamp,
    trace_id: trace,
    correlation_id: correlation,
    ...(WITH_ERROR_URI.has(refusal.code)
      ? { error_uri: `${azure.endpoints.login}/error?code=${refusal.code}` }
      : {}),
  };
  const headers = { "cache-control": "no-store", "x-ms-request-id": trace };
  return Response.json(body, { status: refusal.status, headers });
}

/** The client's own request id, from wherever clients put it (header, query, form); a new one when it sent none. */
export function correlationId(request: Request, form?: URLSearchParams): string {
  const sent = [
    request.headers.get("client-request-id"),
    new URL(request.url).searchParams.get("client-request-id"),
    form?.get("client-request-id"),
  ];
  return sent.find((id) => typeof id === "string" && isGuid(id)) ?? randomUUID();
}
