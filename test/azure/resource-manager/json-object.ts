import { readBody } from "../http/read-body.ts";
import { ManagementError } from "./management-error.ts";
import { requireJsonMediaType } from "./require-json-media-type.ts";

/** A JSON object of a body or of a resource. */
export type JsonObject = Record<string, unknown>;

/** Whether a parsed value is an object: no array, no null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Resource Manager's own limit. */
const maxBodyBytes = 4 * 1024 * 1024;

/**
 * The JSON object in a request's body, `{}` for an empty body. Throws UnsupportedMediaType for a write of another type and
 * InvalidRequestContent for anything else.
 */
export async function readJsonObject(request: Request): Promise<JsonObject> {
  const bytes = await readBody(request, maxBodyBytes);
  if (bytes === undefined) throw tooLarge();
  if (bytes.length === 0) return {};
  requireJsonMediaType(request);
  const value = parse(new TextDecoder().decode(bytes));
  if (!isJsonObject(value)) throw invalidContent("a JSON object is expected");
  return value;
}

/** Field `name` as an object, `{}` when absent or null. Throws InvalidRequestContent for another type. */
export function objectField(object: JsonObject, name: string): JsonObject {
  const value = object[name] ?? {};
  if (!isJsonObject(value)) throw invalidContent(`'${name}' must be an object`);
  return value;
}

/** Field `name` as a string, undefined when absent or null. Throws InvalidRequestContent for another type. */
export function stringField(object: JsonObject, name: string): string | undefined {
  const value = object[name] ?? undefined;
  if (value !== undefined && typeof value !== "string")
    throw invalidContent(`'${name}' must be a string`);
  return value;
}

/** Field `name` as a boolean, undefined when absent or null. Throws InvalidRequestContent for another type. */
export function booleanField(object: JsonObject, name: string): boolean | undefined {
  const value = object[name] ?? undefined;
  if (value !== undefined && typeof value !== "boolean")
    throw invalidContent(`'${name}' must be a boolean`);
  return value;
}

/** Field `name` as a whole number, undefined when absent or null. Throws InvalidRequestContent for anything else. */
export function integerField(object: JsonObject, name: string): number | undefined {
  const value = object[name] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value !== "number" || !Number.isInteger(value))
    throw invalidContent(`'${name}' must be a whole number`);
  return value;
}

/** Field `name` as a list of objects, undefined when absent or null. Throws InvalidRequestContent for another type. */
export function objectListField(object: JsonObject, name: string): JsonObject[] | undefined {
  const value = object[name] ?? undefined;
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || !value.every(isJsonObject))
    throw invalidContent(`'${name}' must be a list of objects`);
  return value;
}

/** Field `name` as an object of strings (tags). Throws InvalidRequestContent for another type. */
export function stringMapField(
  object: JsonObject,
  name: string,
): Record<string, string> | undefined {
  if (object[name] === undefined || object[name] === null) return undefined;
  const entries = Object.entries(objectField(object, name)).map(([key, value]) => {
    if (typeof value !== "string") throw invalidContent(`'${name}.${key}' must be a string`);
    return [key, value] as const;
  });
  return Object.fromEntries(entries);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidContent("the body is not JSON");
  }
}

function tooLarge(): ManagementError {
  return new ManagementError(
    413,
    "RequestEntityTooLarge",
    `The request body exceeds ${maxBodyBytes} bytes.`,
  );
}

function invalidContent(reason: string): ManagementError {
  return new ManagementError(
    400,
    "InvalidRequestContent",
    `The request content was invalid and could not be deserialized: '${reason}'.`,
  );
}
