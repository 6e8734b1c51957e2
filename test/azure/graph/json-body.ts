import type { Context } from "hono";
import { badRequest } from "./graph-error.ts";
import type { GraphEnv } from "./graph.ts";

/** The request's body as a JSON object. Throws Graph's 400 for anything else. */
export async function jsonBody(c: Context<GraphEnv>): Promise<Record<string, unknown>> {
  const body: unknown = await c.req.json().catch(() => undefined);
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return { ...body };
  throw badRequest(
    "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
  );
}

/** A required, non-empty text of a body. Throws Graph's 400 (text observed for applications). */
export function requiredText(
  body: Record<string, unknown>,
  property: string,
  resource: string,
): string {
  const value = body[property];
  if (typeof value === "string" && value !== "") return value;
  throw badRequest(`A value is required for property '${property}' of resource '${resource}'.`);
}
