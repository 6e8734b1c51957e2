import { isJsonObject, type JsonObject } from "../../base/json.ts";
import { badRequest, invalidValue, notImplemented } from "../engine/errors.ts";
import type { EntityType } from "../odata/entity-type.ts";

/** Whether a value may be written to a property. */
export type PropertyRule = (value: unknown) => boolean;

/** Secrets and certificates: nothing here may have one, so only the empty collection is taken. */
const CREDENTIALS = ["keyCredentials", "passwordCredentials"];

/**
 * The changes that a body asks for, each checked by its rule; objects are merged into what there is, lists replace it
 * (OData 4.01 protocol 11.4.3). A read-only property may be repeated as it is. Throws Graph's 400 for a property that does
 * not exist (text observed), cannot be written (text unverified) or would not be in form, 501 for secrets and certificates.
 */
export function readChanges(
  type: EntityType,
  rules: Readonly<Record<string, PropertyRule>>,
  shown: JsonObject,
  body: JsonObject,
): JsonObject {
  const changes: Record<string, unknown> = {};
  for (const [property, value] of Object.entries(body)) {
    const rule = Object.hasOwn(rules, property) ? rules[property] : undefined;
    if (rule !== undefined) {
      if (!rule(value)) throw invalidValue(property, type.resource);
      changes[property] = merge(shown[property], value);
    } else if (!Object.hasOwn(type.properties, property)) {
      throw badRequest(`Invalid property '${property}'.`);
    } else if (CREDENTIALS.includes(property)) {
      if (!Array.isArray(value)) throw invalidValue(property, type.resource);
      if (value.length > 0) throw notImplemented(`a non-empty ${property}`);
    } else if (JSON.stringify(value) !== JSON.stringify(shown[property])) {
      throw badRequest(`Property '${property}' is read-only and cannot be set.`);
    }
  }
  return changes;
}

function merge(held: unknown, value: unknown): unknown {
  if (!isJsonObject(held) || !isJsonObject(value)) return value;
  const merged = Object.entries(value).map(([name, each]) => [name, merge(held[name], each)]);
  return { ...held, ...Object.fromEntries(merged) };
}

/** A text of at most so many characters; null when it may be none. */
export function text(maxLength: number, nullable: boolean): PropertyRule {
  return (value) =>
    (value === null && nullable) ||
    (typeof value === "string" && value.length <= maxLength && (nullable || value !== ""));
}

export const texts: PropertyRule = (value) =>
  Array.isArray(value) && value.every((each) => typeof each === "string");

export const objects: PropertyRule = (value) => Array.isArray(value) && value.every(isJsonObject);

export const object: PropertyRule = isJsonObject;

export const nullableObject: PropertyRule = (value) => value === null || isJsonObject(value);

export const flag: PropertyRule = (value) => typeof value === "boolean";

export const nullableFlag: PropertyRule = (value) => value === null || typeof value === "boolean";
