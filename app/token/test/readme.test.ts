import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as entrance from "../src/index.ts";
import * as time from "../src/time.ts";

const readme = read("../README.md");

test.each([...Object.keys(entrance), ...Object.keys(time)])("the README tells of %s", (name) => {
  expect(readme).toMatch(new RegExp(`\\b${name}\\b`));
});

test("the README has every code of a TokenError", () => {
  const codes = [...read("../src/token-error.ts").matchAll(/\| "(ERR_\w+)"/g)].map(
    ([, code]) => code,
  );
  const documented = [...readme.matchAll(/^\| `(ERR_\w+)`/gm)].map(([, code]) => code);
  expect(documented).toEqual(codes);
});

function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), "utf8");
}
