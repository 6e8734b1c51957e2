import * as fc from "fast-check";

const texts = [
  ["", " ", "x", "null", "undefined", "true", "NaN", "-1", "0", "1e400", "0x10", "١٢"],
  ["__proto__", "constructor", "toString", "hasOwnProperty", "prototype", "$ref", "$where"],
  ["..", ".", "../..", "a/b", "//", "\\", "%", "%00", "%2f", "%ff", "%c0%af", "%u0041", "+", ";"],
  ["'", "''", '"', "<x/>", "]]>", "${x}", "{{x}}", "$&", "$1", "(a+)+$", "[", "*", "|", "?", "#"],
  [
    "\0",
    "\r\nx-injected: 1",
    "\t",
    "\ud800",
    "\udc00x",
    "é",
    "é",
    "𝒳",
    "\u202e",
    "\ufeff",
    "ß",
    "İ",
  ],
  ["2026-01-15T12:00:00Z", "9999-12-31T23:59:59.9999999Z", "-271821-04-20T00:00:00Z", "0000-00-00"],
  ["11111111-1111-4111-8111-111111111111", "00000000-0000-0000-0000-000000000000"],
  [
    "https://localhost",
    "http://[::1",
    "data:,x",
    "/subscriptions/x",
    "eyJ.eyJ.x",
    "a@b",
    "9".repeat(400),
  ],
].flat();

/** Texts that parsers, patterns, prototypes and limits stumble over; lone surrogates are among them. */
export const nastyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...texts) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
  { weight: 1, arbitrary: fc.constantFrom(128, 300, 5000).map((length) => "a".repeat(length)) },
  {
    weight: 1,
    arbitrary: fc.array(fc.constantFrom(...texts), { maxLength: 4 }).map((parts) => parts.join("")),
  },
);

/** The same as one part of a path or query: encoded mostly, and else sent as raw as an HTTP client may. */
export const nastyUriPart: fc.Arbitrary<string> = fc
  .tuple(nastyText, fc.boolean())
  .map(([text, raw]) =>
    raw
      ? text.replaceAll(/[^\x21-\x7e]|[#?]/g, "%FF")
      : encodeURIComponent(text.toWellFormed()).replaceAll("'", "%27"),
  );

/** The same as a header's value: the bytes that HTTP allows there. */
export const nastyHeader: fc.Arbitrary<string> = nastyText.map((text) =>
  text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, "ÿ"),
);
