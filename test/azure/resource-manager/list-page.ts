import type { JsonObject } from "./json-object.ts";
import { ManagementError } from "./management-error.ts";
import type { ManagementRequest } from "./operation.ts";

/**
 * A list as Resource Manager pages it: `$top` items and a `nextLink` to the rest
 * (learn.microsoft.com/rest/api/resources/resources/list). Throws for a `$top` that is no positive number.
 */
export function listPage(
  { azure, id, query }: Pick<ManagementRequest, "azure" | "id" | "query">,
  items: readonly JsonObject[],
): Response {
  const start = Number(query.get("$skiptoken") ?? 0);
  const top = query.get("$top");
  if (!Number.isInteger(start) || start < 0) throw invalid("$skiptoken", query.get("$skiptoken"));
  if (top === null) return Response.json({ value: items.slice(start) });
  const size = Number(top);
  if (!Number.isInteger(size) || size < 1) throw invalid("$top", top);
  const value = items.slice(start, start + size);
  if (start + size >= items.length) return Response.json({ value });
  const next = new URLSearchParams(query);
  next.set("$skiptoken", String(start + size));
  return Response.json({ value, nextLink: `${azure.endpoints.resourceManager}${id}?${next}` });
}

/** Code and text are unverified. */
function invalid(name: string, value: string | null): ManagementError {
  return new ManagementError(
    400,
    "InvalidQueryParameterValue",
    `The value '${value ?? ""}' of the query parameter '${name}' is invalid.`,
  );
}
