import { randomUUID } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { isGuid } from "../base/guid.ts";

/**
 * The headers of every answer: the ids by which a request is found again, the client's own correlation id kept and its
 * request id told where it asks for it, and how many requests are left
 * (learn.microsoft.com/rest/api/azure, "Request headers" and "Response headers";
 * learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling). Nothing is throttled here, so
 * the numbers are always those after the first request of a service principal.
 */
export const responseHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  const requestId = randomUUID();
  const correlationId = c.req.header("x-ms-correlation-request-id") ?? "";
  const clientId = c.req.header("x-ms-client-request-id");
  const headers: Record<string, string> = {
    "cache-control": "no-cache",
    pragma: "no-cache",
    expires: "-1",
    "x-content-type-options": "nosniff",
    "x-ms-request-id": requestId,
    "x-ms-correlation-request-id": isGuid(correlationId) ? correlationId : requestId,
    [`x-ms-ratelimit-remaining-${level(c.req.path)}-${kind(c.req.method)}`]: left(c.req.method),
  };
  if (clientId !== undefined && /^true$/i.test(c.req.header("x-ms-return-client-request-id") ?? ""))
    headers["x-ms-client-request-id"] = clientId;
  // Clients take a 200 without a body for the end of an operation, and one of unknown length for an answer they cannot read.
  if (c.res.body === null && c.res.status !== 204) headers["content-length"] = "0";
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
};

function level(path: string): string {
  return /^\/+subscriptions\/[^/]/i.test(path) ? "subscription" : "tenant";
}

function kind(method: string): string {
  if (method === "GET" || method === "HEAD") return "reads";
  return method === "DELETE" ? "deletes" : "writes";
}

/** Buckets of 250 reads, 200 writes and 200 deletes. */
function left(method: string): string {
  return kind(method) === "reads" ? "249" : "199";
}
