import type { BearerRefusal, BearerRefused } from "../../world/tokens/bearer.ts";

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

/** The directory's refusal of a request. */
export function badRequest(message: string, details?: readonly GraphErrorDetail[]): GraphError {
  return new GraphError(400, "Request_BadRequest", message, details);
}

/** The gateway's refusal of a request that it cannot read: its code has no prefix (observed, microsoft-graph-docs#3044). */
export function unreadable(message: string): GraphError {
  return new GraphError(400, "BadRequest", message);
}

/** The directory's refusal of a query that it can read and does not answer (graph/aad-advanced-queries). */
export function unsupportedQuery(message: string): GraphError {
  return new GraphError(400, "Request_UnsupportedQuery", message);
}

/** Also the answer for an object of another tenant: its existence is not told. */
export function notFound(id: string): GraphError {
  return new GraphError(
    404,
    "Request_ResourceNotFound",
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

/** A permission that the caller lacks. */
export function requestDenied(
  message = "Insufficient privileges to complete the operation.",
): GraphError {
  return new GraphError(403, "Authorization_RequestDenied", message);
}

/** A value that an object of the tenant has already (code, text and detail observed for identifierUris). */
export function objectConflict(property: string): GraphError {
  const message = `Another object with the same value for property ${property} already exists.`;
  return badRequest(message, [{ code: "ObjectConflict", message, target: property }]);
}

/** A value of the wrong type or length (text observed). */
export function invalidValue(property: string, resource: string): GraphError {
  return badRequest(
    `Invalid value specified for property '${property}' of resource '${resource}'.`,
  );
}

/** 501 for what the local Graph does not know, such as a path or a property. */
export function notImplemented(what: string): GraphError {
  return new GraphError(501, "NotImplemented", `${what} is not emulated by the local Azure`);
}

// Observed texts of Graph's 401, but for those on scheme, issuer and principal, which are unverified.
const TOKEN_REFUSALS: Record<BearerRefusal, string> = {
  missing: "Access token is empty.",
  scheme: "Access token is empty.",
  "no-token": "Access token is empty.",
  malformed: "IDX14100: JWT is not well formed, there are no dots (.).",
  signature: "Access token validation failure. Invalid signature.",
  issuer: "Access token validation failure. Invalid issuer.",
  audience: "Access token validation failure. Invalid audience.",
  early: "Access token has expired or is not yet valid.",
  expired: "Lifetime validation failed, the token is expired.",
  principal: "Access token validation failure.",
};

/** A token that Graph does not take, without the token itself. */
export function tokenRefused({ reason }: BearerRefused): GraphError {
  return new GraphError(401, "InvalidAuthenticationToken", TOKEN_REFUSALS[reason]);
}
