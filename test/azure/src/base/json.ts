/** JSON that is not what its reader needs. Whoever answers a request says so in words of its own. */
export class WrongShape extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "WrongShape";
  }
}

/** A JSON object of a body or of a resource. */
export type JsonObject = Record<string, unknown>;

/** Whether a parsed value is an object: no array, no null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Field `name` as an object, `{}` when absent or null. Throws WrongShape for another type. */
export function objectField(object: JsonObject, name: string): JsonObject {
  const value = object[name] ?? {};
  if (!isJsonObject(value)) throw new WrongShape(`'${name}' must be an object`);
  return value;
}

/** Field `name` as a string, undefined when absent or null. Throws WrongShape for another type. */
export function stringField(object: JsonObject, name: string): string | undefined {
  const value = object[name] ?? undefined;
  if (value !== undefined && typeof value !== "string")
    throw new WrongShape(`'${name}' must be a string`);
  return value;
}

/** Field `name` as a boolean, undefined when absent or null. Throws WrongShape for another type. */
export function booleanField(object: JsonObject, name: string): boolean | undefined {
  const value = object[name] ?? undefined;
  if (value !== undefined && typeof value !== "boolean")
    throw new WrongShape(`'${name}' must be a boolean`);
  return value;
}

/** Field `name` as a whole number, undefined when absent or null. Throws WrongShape for anything else. */
export function integerField(object: JsonObject, name: string): number | undefined {
  const value = object[name] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value !== "number" || !Number.isInteger(value))
    throw new WrongShape(`'${name}' must be a whole number`);
  return value;
}

/** Field `name` as a list of objects, undefined when absent or null. Throws WrongShape for another type. */
export function objectListField(object: JsonObject, name: string): JsonObject[] | undefined {
  const value = object[name] ?? undefined;
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || !value.every(isJsonObject))
    throw new WrongShape(`'${name}' must be a list of objects`);
  return value;
}

/** Field `name` as an object of strings (tags). Throws WrongShape for another type. */
export function stringMapField(
  object: JsonObject,
  name: string,
): Record<string, string> | undefined {
  if (object[name] === undefined || object[name] === null) return undefined;
  const entries = Object.entries(objectField(object, name)).map(([key, value]) => {
    if (typeof value !== "string") throw new WrongShape(`'${name}.${key}' must be a string`);
    return [key, value] as const;
  });
  return Object.fromEntries(entries);
}
