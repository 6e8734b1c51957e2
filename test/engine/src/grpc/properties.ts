import structMessages, { type Struct } from "google-protobuf/google/protobuf/struct_pb.js";

/** A value as the engine sends it: JSON, with a sentinel string where a value is not known yet. */
export type Value = string | number | boolean | null | undefined | Value[] | Properties;
/** The inputs or the state of one resource. */
export interface Properties {
  [name: string]: Value;
}

/** Stands for a string that only Azure can tell (`plugin.UnknownStringValue` in the engine's sdk/go). */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
// The other kinds of unknown, from the same file; a stand-in passes them through.
const unknowns = new Set([
  unknown,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);
// A wrapped secret: `resource.SigKey` and `resource.SecretSig` in the engine's sdk/go.
const signatureKey = "4dabf18193072939515e22adb298388d";

/** Whether the engine does not know the value yet. */
export function isUnknown(value: Value): boolean {
  return typeof value === "string" && unknowns.has(value);
}

/** Whether the value is an object and not a list. */
export function isProperties(value: Value): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A property that has to be a string, as every part of an id is. */
export function textOf(properties: Properties, name: string): string {
  const value = properties[name];
  if (typeof value === "string") return value;
  throw new Error(`property '${name}' must be a string, got ${JSON.stringify(value)}`);
}

/**
 * Reads what the engine sent: nulls dropped, secrets unwrapped. Provider inputs arrive wrapped even for a plugin that
 * does not accept secrets (measured).
 */
export function fromStruct(struct: Struct | undefined): Properties {
  const plain = prune(struct?.toJavaScript() ?? {});
  return isProperties(plain) ? plain : {};
}

/** The same as `fromStruct` for a value that a client library made: dates become strings, undefined and null go. */
export function toProperties(model: object): Properties {
  // A client library's model is JSON but for its dates, which JSON.stringify writes as ISO 8601.
  const plain = prune(JSON.parse(JSON.stringify(model)) as Value);
  return isProperties(plain) ? plain : {};
}

/** What goes back to the engine. */
export function toStruct(properties: Properties): Struct {
  return structMessages.Struct.fromJavaScript(toProperties(properties) as never);
}

function prune(value: Value): Value {
  if (Array.isArray(value)) return value.map((item) => prune(item) ?? null);
  if (!isProperties(value)) return value ?? undefined;
  if (typeof value[signatureKey] === "string" && "value" in value) return prune(value["value"]);
  const entries = Object.entries(value).map(([name, item]) => [name, prune(item)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}
