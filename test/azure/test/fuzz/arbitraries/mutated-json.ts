import * as fc from "fast-check";
import { type Json, nastyJson } from "./nasty-json.ts";
import { nastyText } from "./nasty-text.ts";

/** Where a value stands, from the root. */
type Pointer = readonly (string | number)[];

interface Change {
  readonly at: Pointer;
  /** Undefined takes the value away. */
  readonly value: Json | undefined;
}

/** A good value with a few of its parts replaced, taken away or added; as it is, one time in four. */
export function mutatedJson(good: Json): fc.Arbitrary<Json> {
  const pointers = pointersOf(good);
  const added = fc
    .tuple(fc.constantFrom(...pointers), nastyText)
    .map(([at, name]) => [...at, name]);
  const at = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...pointers) },
    { weight: 1, arbitrary: added },
  );
  const value = fc.oneof(
    { weight: 5, arbitrary: nastyJson },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
  const changes = fc.array(fc.record<Change>({ at, value }), { minLength: 1, maxLength: 3 });
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant(good) },
    { weight: 3, arbitrary: changes.map((list) => list.reduce(apply, good)) },
  );
}

function pointersOf(value: Json, at: Pointer = []): Pointer[] {
  if (typeof value !== "object" || value === null) return [at];
  const entries: [string | number, Json][] = isList(value)
    ? [...value.entries()]
    : Object.entries(value);
  return [at, ...entries.flatMap(([name, inner]) => pointersOf(inner, [...at, name]))];
}

function apply(root: Json, { at: [name, ...rest], value }: Change): Json {
  if (name === undefined) return value ?? null;
  // An earlier change may have put something else where this one leads to.
  if (typeof root !== "object" || root === null) return root;
  const inner = (root as Readonly<Record<string, Json>>)[name];
  const changed = rest.length === 0 ? value : apply(inner ?? null, { at: rest, value });
  if (isList(root)) return root.map((item, index) => (index === name ? (changed ?? null) : item));
  const kept = Object.entries(root).filter(([key]) => key !== name);
  return Object.fromEntries(changed === undefined ? kept : [...kept, [name, changed]]);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
