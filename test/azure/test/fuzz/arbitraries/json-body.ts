import * as fc from "fast-check";
import { mutatedJson } from "./mutated-json.ts";
import { type Json, nastyJson } from "./nasty-json.ts";

const malformed = [
  "",
  " ",
  "{",
  "[",
  "]",
  "{]",
  "nul",
  "NaN",
  "Infinity",
  "'x'",
  '"\\ud800"',
  '"\\u00"',
  '{"a":1,}',
  "{'a':1}",
  "1e400",
  "-",
  "\0",
  "\ufeff{}",
  "{}{}",
  '{"a":1,"a":{"b":1}}',
  "// x",
  "a=b&c=d",
  "<x/>",
  "[".repeat(100_000),
  `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`,
  `{"a":"${"x".repeat(200_000)}"}`,
];

/** Bytes that are no UTF-8: a lone continuation, an overlong slash, UTF-16. */
const undecodable = ["7b22ff223a317d", "c0af", "fffe7b007d00", "7b2261223a22eda08022227d"];

/** Bodies of a route whose good one is known: mutations of that mostly, and what is no JSON, or no text. */
export function jsonBody(good: Json): fc.Arbitrary<string | Uint8Array<ArrayBuffer>> {
  return fc.oneof(
    { weight: 12, arbitrary: mutatedJson(good).map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: nastyJson.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.constantFrom(...malformed) },
    // The second of two fields of one name, the first being good.
    { weight: 1, arbitrary: nastyJson.map((value) => twice(good, value)) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(...undecodable)
        .map((hex) => new Uint8Array(Buffer.from(hex, "hex"))),
    },
  );
}

function twice(good: Json, value: Json): string {
  const text = JSON.stringify(good);
  const name = /^\{("[^"]*")/.exec(text)?.[1];
  return name === undefined ? text : `${text.slice(0, -1)},${name}:${JSON.stringify(value)}}`;
}
