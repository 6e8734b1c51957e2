import type { TokenErrorDetails, TokenHop } from "../../src/token-error.ts";

/** Where a fault sits: the two hops, the second with the discovery that precedes it outside the public cloud. */
export const places = ["managed identity", "discovery", "token exchange"] as const;
export type Place = (typeof places)[number];

/** The hop that is to blame for a fault at `place`. */
export function hopOf(place: Place): TokenHop {
  return place === "managed identity" ? place : "token exchange";
}

/** What a request meets instead of a healthy answer. */
export type FaultyAnswer =
  | "refused"
  | "reset"
  | "hang"
  | "hang mid-body"
  | "expired token"
  | "same token"
  | { readonly status: number; readonly headers: Record<string, string>; readonly body: string };

export interface Fault {
  readonly places: readonly Place[];
  readonly answer: FaultyAnswer;
  /** What the error tells about it. */
  readonly details: TokenErrorDetails;
}

const tokenAnswers: readonly Place[] = ["managed identity", "token exchange"];
const expired = { expiredToken: true } as const;

/** Every way to fail, by the name it has in the table. */
export const faults = {
  "connection refused": network("refused", "ECONNREFUSED"),
  "connection reset": network("reset", "ECONNRESET"),
  hang: { places, answer: "hang", details: {} },
  "hang mid-body": { places, answer: "hang mid-body", details: {} },
  "400 identity not assigned": {
    // App Service's own words (reference: entra 1.1).
    ...status(400, {
      body: { statusCode: 400, message: "No User Assigned or Delegated Managed Identity found" },
    }),
    places: ["managed identity"],
  },
  "400 AADSTS90002 unknown tenant": entra(400, "invalid_request", 90_002),
  "400 AADSTS90033 transient": entra(400, "temporarily_unavailable", 90_033),
  "401 AADSTS700213 no matching federated credential": {
    ...entra(401, "invalid_client", 700_213),
    places: ["token exchange"],
  },
  "401 without a body": status(401),
  "403 without a body": status(403),
  "404": status(404),
  "410": status(410),
  "429": status(429),
  "429, Retry-After 7": status(429, { retryAfter: 7 }),
  "429, Retry-After 3600": status(429, { retryAfter: 3600 }),
  "500": status(500),
  "503": status(503),
  "503, Retry-After 2": status(503, { retryAfter: 2 }),
  "200 with HTML": status(200, { body: "<html>down for repair</html>" }),
  "200 with JSON but no token": status(200, { body: { token_type: "Bearer" } }),
  "an expired token": { places: tokenAnswers, answer: "expired token", details: expired },
  "the same token again": { places: tokenAnswers, answer: "same token", details: expired },
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;

function network(answer: "refused" | "reset", code: string): Fault {
  return { places, answer, details: { network: code } };
}

function status(
  code: number,
  { retryAfter, body = "" }: { readonly retryAfter?: number; readonly body?: unknown } = {},
): Fault {
  const headers: Record<string, string> = {
    "content-type": typeof body === "string" ? "text/html" : "application/json",
    ...(retryAfter !== undefined && { "retry-after": String(retryAfter) }),
  };
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return {
    places,
    answer: { status: code, headers, body: text },
    details: { upstreamStatus: code },
  };
}

/** Entra's refusal in its own shape (reference: entra 3.4). */
function entra(code: number, error: string, aadsts: number): Fault {
  const traceId = "11111111-0000-4000-8000-000000000000";
  const correlationId = "22222222-0000-4000-8000-000000000000";
  const ids = `Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: 2026-01-01 00:00:00Z`;
  const body = {
    error,
    error_description: `AADSTS${aadsts}: Refused by this test. ${ids}`,
    error_codes: [aadsts],
    trace_id: traceId,
    correlation_id: correlationId,
  };
  return {
    ...status(code, { body }),
    places: ["discovery", "token exchange"],
    details: { aadsts, upstreamStatus: code, traceId, correlationId },
  };
}
