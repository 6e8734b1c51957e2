import { isJsonObject, type JsonObject } from "../../base/json.ts";
import { badRequest, unreadable } from "./errors.ts";
import type { GraphRequest } from "./route.ts";

/**
 * The request's body as a JSON object, without the annotations of the object itself that a client repeats from an answer
 * or from its model: its type, which the Graph SDKs send along, and its context, which Resource Manager's client for Java
 * does. Throws Graph's 400 for anything else (the texts for no body and for no JSON were observed).
 */
export function jsonBody({ body }: GraphRequest): JsonObject {
  if (body.trim() === "") throw unreadable("Empty Payload. JSON content expected.");
  const read = parse(body);
  if (!isJsonObject(read)) {
    throw unreadable(
      "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
    );
  }
  const { "@odata.type": _type, "@odata.context": _context, ...properties } = read;
  return properties;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A required, non-empty text of a body. Throws Graph's 400 (text observed for applications). */
export function requiredText(body: JsonObject, property: string, resource: string): string {
  const value = body[property];
  if (typeof value === "string" && value !== "") return value;
  throw badRequest(`A value is required for property '${property}' of resource '${resource}'.`);
}

/** Whether a PATCH is to create what its alternate key does not find (graph/api/application-upsert). */
export function createsIfMissing({ headers }: GraphRequest): boolean {
  const preferences = (headers.get("prefer") ?? "").toLowerCase().split(/[,;]\s*/);
  return preferences.includes("create-if-missing");
}

/**
 * Throws the gateway's 400 for a body that is not declared as JSON, whatever parameters the type has (code and texts observed:
 * microsoftgraph/msgraph-cli issue 258, msgraph-sample-pythondjangoapp issue 22). A write without a body is not
 * asked for a type (microsoft-graph-docs issue 6259: such a one was refused for its payload).
 */
export function requireJsonContentType(headers: Headers, body: string): void {
  if (body === "") return;
  const contentType = headers.get("content-type") ?? "";
  if (contentType === "") {
    throw unreadable(
      "Write requests (excluding DELETE) must contain the Content-Type header declaration.",
    );
  }
  if (contentType.split(";")[0]?.trim().toLowerCase() !== "application/json") {
    throw unreadable("Entity only allows writes with a JSON Content-Type header.");
  }
}
