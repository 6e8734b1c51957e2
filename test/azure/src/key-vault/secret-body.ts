import { isJsonObject, type JsonObject } from "../base/json.ts";
import { badParameter } from "./errors.ts";

/** What a client may write of a secret; undefined is what it did not give. Times in whole seconds since the epoch. */
export interface SecretBody {
  readonly value: string | undefined;
  readonly contentType: string | undefined;
  readonly tags: Record<string, string> | undefined;
  readonly enabled: boolean | undefined;
  readonly nbf: number | undefined;
  readonly exp: number | undefined;
}

/** The most that a secret's value may have (https://learn.microsoft.com/azure/key-vault/secrets/about-secrets). */
const maxValueBytes = 25 * 1024;

/** Reads the body of a PUT or PATCH. Throws BadParameter for what is no secret, in Key Vault's one text for all of it. */
export function readSecretBody(text: string): SecretBody {
  const body = parse(text);
  const attributes = body["attributes"] ?? {};
  if (!isJsonObject(attributes)) throw invalidProperty();
  const value = optional(body["value"], isString);
  if (value !== undefined && Buffer.byteLength(value) > maxValueBytes)
    throw badParameter(`the secret's value exceeds ${maxValueBytes} bytes`);
  return {
    value,
    contentType: optional(body["contentType"], isString),
    tags: optional(body["tags"], isTags),
    enabled: optional(attributes["enabled"], isBoolean),
    nbf: optional(attributes["nbf"], isSeconds),
    exp: optional(attributes["exp"], isSeconds),
  };
}

/** 400 for a property of the wrong type. The two spaces are Key Vault's. */
export function invalidProperty() {
  return badParameter("Property  has invalid value\r\n");
}

function parse(text: string): JsonObject {
  try {
    const body: unknown = JSON.parse(text);
    if (isJsonObject(body)) return body;
  } catch {
    // Answered like any other body that is no secret.
  }
  throw invalidProperty();
}

function optional<T>(value: unknown, is: (value: unknown) => value is T): T | undefined {
  if (value === undefined || value === null) return undefined;
  if (!is(value)) throw invalidProperty();
  return value;
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}

function isSeconds(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isTags(value: unknown): value is Record<string, string> {
  return isJsonObject(value) && Object.values(value).every(isString);
}
