import * as v from "valibot";
import { text } from "./text.ts";

/** One place in a resource tenant that the site reads and writes. */
export interface Target {
  /** Unique in the site; the `{name}` of its routes. */
  readonly name: string;
  readonly tenant: string;
  readonly tenantId: string;
  readonly kind: "blob";
  readonly blobEndpoint: string;
  readonly container: string;
}

const shortName = text(
  /^[a-z][a-z0-9]{2,15}$/,
  "3 to 16 lower-case letters and digits, starting with a letter",
);
const tenantId = text(
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  "the tenant's id, a GUID in lower case",
);
const kind = v.pipe(
  text(/^blob$/, '"blob"'),
  v.transform(() => "blob" as const),
);
// learn.microsoft.com "Naming and Referencing Containers, Blobs, and Metadata".
const container = text(/^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/, "the name of a container");

/** The TARGETS setting: JSON, a list of targets. */
export function targets(storageSuffix: string) {
  const blobEndpoint = endpointBelow(storageSuffix);
  return v.pipe(
    text(/./, "a JSON list of targets"),
    v.parseJson({}, ({ received }) => `is not JSON: ${received}`),
    v.array(
      v.object(
        { name: shortName, tenant: shortName, tenantId, kind, blobEndpoint, container },
        "must be an object with name, tenant, tenantId, kind, blobEndpoint and container",
      ),
      "must be a JSON list of targets",
    ),
    v.rawCheck(({ dataset, addIssue }) => {
      for (const name of repeatedNames(dataset.value)) {
        addIssue({
          message: `has the name "${name}" more than once; names are unique in the site`,
        });
      }
    }),
    v.transform((list): readonly Target[] => list),
  );
}

/**
 * Names of fields in a usable TARGETS that this release does not know. They are no fault: a setting and the package that
 * reads it change one after the other, in a release and when it is taken back.
 */
export function unknownFields(setting: string): string[] {
  const known = ["name", "tenant", "tenantId", "kind", "blobEndpoint", "container"];
  // It has been judged: a list of objects.
  const list = JSON.parse(setting) as readonly object[];
  const fields = new Set(list.flatMap((target) => Object.keys(target)));
  return [...fields].filter((field) => !known.includes(field));
}

/** Names that were refused by themselves are not told again. */
function repeatedNames(list: unknown): Set<string> {
  const named = v.looseObject({ name: v.fallback(shortName, "") });
  const seen = v.fallback(v.array(v.fallback(named, { name: "" })), []);
  const names = v.parse(seen, list).map((target) => target.name);
  return new Set(names.filter((name, index) => name !== "" && names.indexOf(name) < index));
}

// The storage token goes to this address: a wrong one would hand it to a stranger.
function endpointBelow(storageSuffix: string) {
  const isBelow = (url: string) => `.${URL.parse(url)?.hostname}`.endsWith(`.${storageSuffix}`);
  return v.config(
    v.pipe(
      text(/./, "the blob endpoint of a storage account"),
      v.startsWith("https://", fault("it must be an https address")),
      v.regex(/^https:\/\/[^@/?#]*([/?#]|$)/, fault("it must not contain user info")),
      v.regex(/^[^?#]*$/, fault("it must not have a query or a fragment")),
      v.regex(
        /^https:\/\/[^/\\\s]+(\/[a-z0-9]+)?$/,
        fault("its path may hold the account's name at most, without a slash at the end"),
      ),
      v.check(isBelow, fault(`its host must be at or below STORAGE_SUFFIX, "${storageSuffix}"`)),
    ),
    { abortPipeEarly: true },
  );
}

// A password or a shared access signature that somebody left in the address stays out of the log.
function fault(what: string) {
  return ({ input }: v.BaseIssue<string>): string => {
    const shown = input.replace(/\/\/[^/]*@/, "//(hidden)@").replace(/[?#].*/s, "?(hidden)");
    return `is "${shown}"; ${what}`;
  };
}
