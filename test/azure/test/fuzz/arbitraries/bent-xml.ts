import * as fc from "fast-check";
import { nastyText } from "./nasty-text.ts";

const odd = [
  "",
  "<",
  "<?xml version='1.0'?>",
  "<a>",
  "<a></b>",
  "<a/><a/>",
  '<!DOCTYPE x [<!ENTITY e "x">]><x>&e;</x>',
  '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>',
  `${"<a>".repeat(2000)}${"</a>".repeat(2000)}`,
  `<a ${'b="c" '.repeat(2000)}/>`,
  "<![CDATA[x]]>",
  "<__proto__>x</__proto__>",
  "{}",
  "\ufeff<a/>",
];

/** A good document with one of its tags or texts replaced, doubled or taken away; as it is, one time in four. */
export function bentXml(good: string): fc.Arbitrary<string> {
  const tokens = good.match(/<[^>]*>|[^<]+/g) ?? [];
  const change = fc.oneof(
    nastyText.map((text) => () => text),
    nastyText.map((text) => () => `<${text}>`),
    fc.constant(() => ""),
    fc.constant((token: string) => `${token}${token}`),
    fc.constant((token: string) => token.slice(1)),
  );
  const bent = fc
    .tuple(fc.nat(Math.max(tokens.length - 1, 0)), change)
    .map(([at, bend]) =>
      tokens.map((token, index) => (index === at ? bend(token) : token)).join(""),
    );
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(good) },
    { weight: 7, arbitrary: bent },
    { weight: 2, arbitrary: fc.constantFrom(...odd) },
  );
}
