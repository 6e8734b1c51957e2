import * as fc from "fast-check";
import { JWT_BEARER } from "../../tenants/two-tenants.ts";
import { bentAssertion } from "../arbitraries/bent-assertion.ts";
import { nastyText } from "../arbitraries/nasty-text.ts";
import { fuzzTenants } from "../fuzz-seed.ts";

const { deployer } = fuzzTenants.kept;

type Field = readonly [name: string, value: string];

/** A token request's form: good fields, any of them replaced, left out, twice; or no form at all. */
export function tokenForm(assertion: string): fc.Arbitrary<string> {
  const scopes = [
    "https://storage.azure.com/.default",
    "https://graph.microsoft.com/.default",
    "x/.default",
    "openid",
    "/.default",
    " ",
  ];
  const good: readonly (readonly [name: string, values: fc.Arbitrary<string>])[] = [
    ["grant_type", fc.constantFrom("client_credentials", "client_credentials", "password")],
    ["client_id", fc.constantFrom(deployer.clientId, deployer.clientId.toUpperCase())],
    ["scope", fc.constantFrom(...scopes)],
    ["resource", fc.constantFrom("https://storage.azure.com", "https://vault.azure.net/")],
    ["client_assertion_type", fc.constant(JWT_BEARER)],
    [
      "client_assertion",
      fc.oneof(
        { weight: 1, arbitrary: fc.constant(assertion) },
        { weight: 4, arbitrary: bentAssertion(assertion) },
      ),
    ],
  ];
  const fields = good.map(([name, value]) => {
    const kept = value.map((text): Field[] => [[name, text]]);
    const bent = fc.oneof(
      fc.constant<Field[]>([]),
      nastyText.map((text): Field[] => [[name, text]]),
      fc.tuple(value, nastyText).map(([text, second]): Field[] => [
        [name, text],
        [name, second],
      ]),
    );
    return fc.oneof({ weight: 12, arbitrary: kept }, { weight: 1, arbitrary: bent });
  });
  const stray = fc.oneof(
    { weight: 9, arbitrary: fc.constant<Field[]>([]) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.oneof(fc.constant("client_secret"), nastyText), nastyText)
        .map((field): Field[] => [field]),
    },
  );
  const form = fc
    .tuple(fc.tuple(...fields), stray)
    .map(([all, more]) => encode([...all.flat(), ...more]));
  return fc.oneof(
    { weight: 20, arbitrary: form },
    {
      weight: 1,
      arbitrary: fc.oneof(
        nastyText,
        fc.constantFrom("&&&=&=", "a".repeat(70_000), "%", '{"grant_type":"client_credentials"}'),
      ),
    },
  );
}

function encode(fields: readonly Field[]): string {
  return new URLSearchParams(fields.map(([name, value]) => [name, value])).toString();
}
