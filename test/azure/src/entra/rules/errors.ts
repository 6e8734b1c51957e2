import { randomUUID } from "node:crypto";
import { isGuid } from "../../base/guid.ts";
import type { Azure } from "../../service/azure.ts";
import { TokenRefused } from "../../service/token-issuer.ts";

/** What Entra refuses, in Entra's words: rendered as its error JSON by the token endpoint. */
export class EntraError extends TokenRefused {
  /** The number after AADSTS. */
  readonly code: number;
  readonly status: number;

  constructor(code: number, status: number, error: string, text: string) {
    super(error, `AADSTS${code}: ${text}`);
    this.name = "EntraError";
    this.code = code;
    this.status = status;
  }
}

// Codes whose answers were seen to carry error_uri; what the others' carry is not known.
const WITH_ERROR_URI = new Set([
  50027, 70021, 90002, 500011, 700016, 700024, 700027, 700213, 900144, 7000215, 7000216, 7000229,
]);

/**
 * Entra's error JSON (learn.microsoft.com/entra/identity-platform/reference-error-codes, "Handling error codes"). The
 * description ends in the three ids as current Entra writes them, parted by single spaces.
 */
export function renderRefusal(azure: Azure, refusal: EntraError, correlation: string): Response {
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
  const headers = { ...loginHeaders(trace, refusal.code), "cache-control": "no-store, no-cache" };
  return Response.json(body, { status: refusal.status, headers });
}

/**
 * Headers of every recorded answer of the token endpoint: the server, here of no region, and the line that MSAL reads, whose second
 * number is the refusal's code.
 */
export function loginHeaders(requestId: string, code = 0): Record<string, string> {
  return {
    "content-type": "application/json; charset=utf-8",
    pragma: "no-cache",
    expires: "-1",
    p3p: 'CP="DSP CUR OTPi IND OTRi ONL FIN"',
    "x-ms-request-id": requestId,
    "x-ms-ests-server": "2.1.0.0 - LOCAL ProdSlices",
    "x-ms-clitelem": `1,${code},0,,`,
  };
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

/**
 * What the login endpoint says in the directory's bad moments: AADSTS90033
 * (learn.microsoft.com/entra/identity-platform/reference-error-codes, MsodsServiceUnavailable), with the fault's status. Text and
 * `error` unverified.
 */
export function answerFault(azure: Azure, request: Request, status: number): Response {
  const text = "A transient error has occurred. Please try again.";
  const refusal = new EntraError(90033, status, "temporarily_unavailable", text);
  return renderRefusal(azure, refusal, correlationId(request));
}
