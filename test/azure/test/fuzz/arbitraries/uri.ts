import * as fc from "fast-check";
import { nastyUriPart } from "./nasty-text.ts";

/** Good values of parameters, encoded, by name. */
export type Values = Readonly<Record<string, readonly string[]>>;

/** A path template filled in with good values mostly, and sometimes bent as a whole. */
export function filledPath(template: string, values: Values): fc.Arbitrary<string> {
  const parts = template.split(/(\{[^}]+\})/).map((part): fc.Arbitrary<string> => {
    const name = /^\{([^}]+)\}$/.exec(part)?.[1];
    if (name === undefined) return fc.constant(part);
    return mostly(values[name] ?? ["x"]);
  });
  const path = fc.tuple(...parts).map((filled) => filled.join(""));
  const bent = fc.tuple(path, bends, nastyUriPart).map(([text, bend, part]) => bend(text, part));
  return fc
    .oneof({ weight: 15, arbitrary: path }, { weight: 1, arbitrary: bent })
    .map((text) => (text.startsWith("/") ? text : `/${text}`));
}

/** A query of some of the parameters, good or not, and sometimes of another one, one given twice, or no query at all. */
export function query(values: Values, always: Values = {}): fc.Arbitrary<string> {
  const named = (from: Values) =>
    Object.entries(from).map(([name, good]) => mostly(good).map((value) => `${name}=${value}`));
  const some = fc.tuple(...named(values).map(rarely));
  const needed = fc.tuple(...named(always));
  const stray = fc.oneof(
    { weight: 20, arbitrary: fc.constant("") },
    { weight: 1, arbitrary: nastyUriPart },
    { weight: 1, arbitrary: nastyUriPart.map((name) => `${name}=1&${name}=2`) },
  );
  const whole = fc.tuple(needed, some, stray).map(([first, more, last]) => {
    const all = [...first, ...more, last].filter((part) => part !== "");
    return all.length === 0 ? "" : `?${all.join("&")}`;
  });
  return fc.oneof(
    { weight: 20, arbitrary: whole },
    { weight: 1, arbitrary: nastyUriPart.map((text) => `?${text}`) },
  );
}

function rarely(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.oneof({ weight: 6, arbitrary: fc.constant("") }, { weight: 1, arbitrary: text });
}

/** One of the good values, or, one time in sixteen, a nasty one. */
function mostly(good: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 15, arbitrary: fc.constantFrom(...good) },
    { weight: 1, arbitrary: nastyUriPart },
  );
}

const bends = fc.constantFrom<(path: string, part: string) => string>(
  (path) => `${path}/`,
  (path) => `/${path}`,
  (path) => path.toUpperCase(),
  (path) => path.slice(0, path.lastIndexOf("/") + 1) || "/",
  (path) => path.replaceAll("/", "%2F").replace("%2F", "/"),
  (path) => path.replaceAll("/", "//"),
  (path) => `${path}/..`,
  (path) => `${path}/./%2e%2e/x`,
  (path) => `${path}%00`,
  (path) => `${path}/${"a/".repeat(500)}`,
  (path, part) => `${path}/${part}`,
  (path, part) => `/${part}${path}`,
);
