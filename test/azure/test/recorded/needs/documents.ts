import { isJsonObject, type JsonObject } from "../../../src/base/json.ts";

/** The resources that an answer shows: itself, or the members of its list. */
export function documentsIn(body: unknown): JsonObject[] {
  if (!isJsonObject(body)) return [];
  const listed = body["value"];
  if (Array.isArray(listed)) return listed.filter(isJsonObject);
  return [body];
}

/** Of a recorded object, the named fields that have a value: what a client may have sent. */
export function given(object: unknown, names: readonly string[]): JsonObject {
  if (!isJsonObject(object)) return {};
  const has = names.filter((name) => object[name] !== undefined && object[name] !== null);
  return Object.fromEntries(has.map((name) => [name, object[name]]));
}

/** A field of a recorded object, undefined where either is not there. */
export function field(object: unknown, name: string): unknown {
  return isJsonObject(object) ? object[name] : undefined;
}
