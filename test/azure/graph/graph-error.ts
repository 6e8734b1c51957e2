import { randomUUID } from "node:crypto";
import type { Azure } from "../azure.ts";
import type { BearerRefused } from "../bearer.ts";
import { isGuid } from "../guid.ts";

/** What Microsoft Graph refuses (learn.microsoft.com/graph/errors). */
export class GraphError extends Error {
  readonly status: 400 | 401 | 403 | 404 | 409 | 501;
  readonly code: string;
  readonly details: readonly GraphErrorDetail[];

  constructor(
    status: GraphError["status"],
    code: string,
    message: string,
    details: readonly GraphErrorDetail[] = [],
  ) {
    super(message);
    this.name = "GraphError";
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

export interface GraphErrorDetail {
  readonly code: string;
  readonly message: string;
  readonly target: string;
}

/** Renders a refusal as `{error: {code, message, innerError}}`, with the client's own request id. */
export function renderGraphError(azure: Azure, error: GraphError, request: Request): Response {
  const requestId = randomUUID();
  const sent = request.headers.get("client-request-id") ?? "";
  const clientRequestId = isGuid(sent) ? sent : requestId;
  const { code, message, details } = error;
  const date = new Date(azure.clock.now()).toISOString().slice(0, 19);
  const innerError = { date, "request-id": requestId, "client-request-id": clientRequestId };
  return Response.json(
    { error: { code, message, ...(details.length > 0 ? { details } : {}), innerError } },
    {
      status: error.status,
      headers: { "request-id": requestId, "client-request-id": clientRequestId },
    },
  );
}

export function badRequest(message: string, details?: readonly GraphErrorDetail[]): GraphError {
  return new GraphError(400, "Request_BadRequest", message, details);
}

/** Also the answer for an object of another tenant: its existence is not told. */
export function notFound(id: string): GraphError {
  return new GraphError(
    404,
    "Request_ResourceNotFound",
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

export function requestDenied(
  message = "Insufficient privileges to complete the operation.",
): GraphError {
  return new GraphError(403, "Authorization_RequestDenied", message);
}

export function notImplemented(what: string): GraphError {
  return new GraphError(501, "NotImplemented", `${what} is not emulated by the local Azure`);
}

// Observed texts of Graph's 401, but for the issuer's, which is unverified.
const TOKEN_REFUSALS = {
  missing: "Access token is empty.",
  malformed: "IDX14100: JWT is not well formed, there are no dots (.).",
  signature: "Access token validation failure. Invalid signature.",
  issuer: "Access token validation failure. Invalid issuer.",
  audience: "Access token validation failure. Invalid audience.",
  lifetime: "Lifetime validation failed, the token is expired.",
} as const;

export function tokenRefused({ reason }: BearerRefused): GraphError {
  return new GraphError(401, "InvalidAuthenticationToken", TOKEN_REFUSALS[reason]);
}
