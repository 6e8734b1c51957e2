import * as fc from "fast-check";
import { nastyText } from "./nasty-text.ts";

export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

const scalar: fc.Arbitrary<Json> = fc.oneof(
  nastyText,
  fc.constantFrom<Json>(null, true, false, 0, -1, 1.5, -0, 2 ** 31, 2 ** 53, 1e300, -1e300, 5e-324),
);

const odd: readonly Json[] = [
  [],
  {},
  [null],
  [[]],
  [{}],
  { "": null },
  // JSON.parse makes a property of its own of it, as a request's body does.
  JSON.parse('{"__proto__":{"x":1}}') as Json,
  { constructor: { prototype: 1 }, toString: 1, valueOf: null, length: -1 },
  nested(60),
];

/** Values of every JSON type, none of which a property can rely on. */
export const nastyJson: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 3, arbitrary: fc.constantFrom(...odd) },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.dictionary(nastyText, scalar, { maxKeys: 3 }) },
);

function nested(depth: number): Json {
  return depth === 0 ? 1 : { x: [nested(depth - 1)] };
}
