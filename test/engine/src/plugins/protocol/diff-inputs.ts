import { isDeepStrictEqual } from "node:util";
import { isProperties, type Properties, type Value } from "../../grpc/properties.ts";

/** One changed property; the path is written as in `siteConfig.appSettings[3].value`. */
export interface PropertyChange {
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
}

/** Compares inputs down to the single property, so that a preview shows which setting of a site changes. */
export function diffInputs(oldInputs: Properties, newInputs: Properties): PropertyChange[] {
  return diffProperties("", oldInputs, newInputs);
}

/** The input that a path starts with. */
export function rootOf(path: string): string {
  return path.split(/[.[]/, 1)[0] ?? path;
}

function diffValues(path: string, before: Value, after: Value): PropertyChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (before === undefined) return [{ path, kind: "add" }];
  if (after === undefined) return [{ path, kind: "delete" }];
  if (isProperties(before) && isProperties(after)) return diffProperties(path, before, after);
  if (Array.isArray(before) && Array.isArray(after)) {
    const indexes = [...Array(Math.max(before.length, after.length)).keys()];
    return indexes.flatMap((index) => diffValues(`${path}[${index}]`, before[index], after[index]));
  }
  return [{ path, kind: "update" }];
}

function diffProperties(path: string, before: Properties, after: Properties): PropertyChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) =>
    diffValues(path === "" ? pathElement(name) : join(path, name), before[name], after[name]),
  );
}

function join(path: string, name: string): string {
  const element = pathElement(name);
  return element.startsWith("[") ? path + element : `${path}.${element}`;
}

// Property paths quote names that are not plain words (sdk/go/common/resource/property_path.go).
function pathElement(name: string): string {
  return /^\w+$/.test(name) ? name : `["${name}"]`;
}
