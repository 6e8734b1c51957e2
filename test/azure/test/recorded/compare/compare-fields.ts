import { isJsonObject } from "../../../src/base/json.ts";

/** How the fields of a recorded body are answered here. */
export interface FieldComparison {
  /** Fields that the real answer has, each counted once however many members of a list have it. */
  readonly real: number;
  /** Of these, those that are here with the same type, a null being a type. */
  readonly met: number;
  /** What is missing or otherwise, in words. */
  readonly differences: readonly string[];
}

/** Fields whose value a client compares or shows. */
const told = new Set([
  "id",
  "type",
  "kind",
  "name",
  "location",
  "provisioningState",
  "code",
  "error",
  "message",
]);

/** Compares what a real answer has with the one here, whose ids were put into the real one before. */
export function compareFields(real: unknown, here: unknown): FieldComparison {
  const found = new Map<string, string | undefined>();
  compare("", real, here, found);
  const differences = [...found].filter(([, difference]) => difference !== undefined);
  return {
    real: found.size,
    met: [...found.values()].filter(
      (difference) => difference === undefined || difference.startsWith("value"),
    ).length,
    differences: differences.map(([path, difference]) => `${path}: ${difference}`),
  };
}

function compare(
  path: string,
  real: unknown,
  here: unknown,
  found: Map<string, string | undefined>,
): void {
  if (path !== "" && !path.endsWith("[]")) note(found, path, difference(path, real, here));
  if (Array.isArray(real)) {
    const members = Array.isArray(here) ? here : [];
    // A list is compared by the shape of its members: which there are depends on what else was there.
    for (const each of real) compare(`${path}[]`, each, counterpart(each, members), found);
  } else if (isJsonObject(real)) {
    const fields = isJsonObject(here) ? here : {};
    for (const [name, value] of Object.entries(real))
      compare(path === "" ? name : `${path}.${name}`, value, fields[name], found);
  }
}

/** A field that differs in one member of a list differs. */
function note(
  found: Map<string, string | undefined>,
  path: string,
  difference: string | undefined,
) {
  if (found.get(path) === undefined) found.set(path, difference);
}

function difference(path: string, real: unknown, here: unknown): string | undefined {
  if (here === undefined) return "missing";
  if (typeOf(real) !== typeOf(here)) return `${typeOf(here)} for ${typeOf(real)}`;
  const name = path.slice(path.lastIndexOf(".") + 1);
  if (
    told.has(name) &&
    typeof real === "string" &&
    typeof here === "string" &&
    plain(real) !== plain(here)
  )
    return `value ${JSON.stringify(here)} for ${JSON.stringify(real)}`;
  return undefined;
}

/** The member with the same id or name, else the first: its fields are what any has. */
function counterpart(real: unknown, members: readonly unknown[]): unknown {
  for (const name of ["id", "name", "appId", "displayName", "publishMethod"]) {
    if (!isJsonObject(real) || typeof real[name] !== "string") continue;
    const wanted = plain(real[name]).toLowerCase();
    const same = members.find(
      (each) => isJsonObject(each) && plain(String(each[name])).toLowerCase() === wanted,
    );
    if (same !== undefined) return same;
  }
  return members[0];
}

/** Without what is made up anew at every time and place. */
function plain(text: string): string {
  return text
    .replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi, "ID")
    .replaceAll(/\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z|\+00:00)?/g, "TIME")
    .replaceAll(/(RequestId|Trace ID|Correlation ID|Timestamp): ?\S+/g, "$1")
    .replaceAll(/[\da-f]{32}/gi, "VERSION")
    .replaceAll(/localhost:\d+|[\w-]+(?:\.scm)?\.azurewebsites\.net/gi, "HOST")
    .replaceAll(/https:\/\/[\w.-]+(?::\d+)?\//g, "https://HOST/");
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : typeof value;
}
