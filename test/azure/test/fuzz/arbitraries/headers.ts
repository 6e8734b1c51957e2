import * as fc from "fast-check";
import { nastyHeader } from "./nasty-text.ts";

type Headers = Readonly<Record<string, string>>;

/** The needed headers, one of them bent at times; two times in five with up to `most` of the optional ones, good mostly. */
export function headers(
  needed: Headers,
  optional: Readonly<Record<string, readonly string[]>>,
  most = 2,
): fc.Arbitrary<Headers> {
  const entry = fc
    .constantFrom(...Object.keys(optional))
    .chain((name) =>
      fc
        .oneof(
          { weight: 3, arbitrary: fc.constantFrom(...(optional[name] ?? [""])) },
          { weight: 1, arbitrary: nastyHeader },
        )
        .map((value) => [name, value] as const),
    );
  const some = fc.array(entry, { minLength: 1, maxLength: most });
  const more = fc
    .oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 2, arbitrary: some })
    .map((entries) => Object.fromEntries(entries));
  const bent = fc
    .tuple(fc.constantFrom(...Object.keys(needed)), nastyHeader)
    .map(([name, value]) => ({ ...needed, [name]: value }));
  const base = fc.oneof(
    { weight: 10, arbitrary: fc.constant(needed) },
    { weight: 1, arbitrary: bent },
  );
  return fc.tuple(base, more).map(([first, last]) => ({ ...first, ...last }));
}
