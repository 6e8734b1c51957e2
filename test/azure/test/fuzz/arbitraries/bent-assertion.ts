import * as fc from "fast-check";
import { mutatedJson } from "./mutated-json.ts";
import type { Json } from "./nasty-json.ts";
import { nastyText } from "./nasty-text.ts";

/** A signed assertion with header, claims or parts bent, its signature left as it was. */
export function bentAssertion(assertion: string): fc.Arbitrary<string> {
  const [header = "", claims = "", signature = ""] = assertion.split(".");
  const extra = { crit: ["exp"], b64: false, jwk: {}, zip: "DEF", enc: "A256GCM" };
  const bentHeader = mutatedJson({ ...Object(read(header)), ...extra });
  const bentClaims = mutatedJson(read(claims));
  return fc.oneof(
    bentClaims.map((value) => [header, write(value), signature].join(".")),
    mutatedJson(read(header)).map((value) => [write(value), claims, signature].join(".")),
    bentHeader.map((value) => [write(value), claims, signature].join(".")),
    fc
      .tuple(nastyText, nastyText, nastyText)
      .map((parts) => parts.map((part) => Buffer.from(part).toString("base64url")).join(".")),
    fc.constantFrom(
      `${header}.${claims}.`,
      `${header}.${claims}`,
      `${assertion}.x`,
      `${assertion}=`,
      ` ${assertion}`,
      assertion.replaceAll(".", ".."),
      `${header}.${Buffer.from("\u0000").toString("base64url")}.${signature}`,
      `${write({ alg: "none" })}.${claims}.`,
      [header, write({ iss: "x".repeat(30_000) }), signature].join("."),
    ),
  );
}

function read(part: string): Json {
  return JSON.parse(Buffer.from(part, "base64url").toString()) as Json;
}

function write(value: Json): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
