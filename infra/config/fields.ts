import { isIP } from "node:net";
import * as v from "valibot";

const isObject = (given: unknown) =>
  typeof given === "object" && given !== null && !Array.isArray(given);

/**
 * An object with these keys and no other: a typing error must not pass as a default. A missing key is judged as
 * undefined, so that its own schema says what is allowed.
 */
export function closed<const T extends v.ObjectEntries>(entries: T) {
  const keys = Object.keys(entries);
  const inherited = "has a key such as constructor, which every object has; remove it";
  const missing = Object.fromEntries(keys.map((key) => [key, undefined]));
  return v.pipe(
    v.custom<Record<string, unknown>>(isObject, "must be an object"),
    // The library passes these over.
    v.check((given) => !Object.keys(given).some((key) => key in {}), inherited),
    v.transform((given) => ({ ...missing, ...given })),
    v.objectWithRest(entries, v.never(`is not known here; allowed: ${keys.join(", ")}`)),
    v.transform((checked): v.InferOutput<v.ObjectSchema<T, undefined>> => checked),
  );
}

export const list = <const T extends v.GenericSchema>(item: T) => v.array(item, "must be a list");

export const text = (form: RegExp, advice: string) =>
  v.pipe(v.string(advice), v.regex(form, advice));

const GUID = "must be a GUID such as 00000000-0000-0000-0000-000000000000";
/** In lower case: Entra compares ids as text, so one spelling is kept everywhere. */
export const guid = v.pipe(v.string(GUID), v.uuid(GUID), v.toLowerCase());

/** Of a tenant or target: short enough to start a storage account's name. */
export const name = v.pipe(
  text(/^[a-z][a-z0-9]{2,15}$/, "must be 3 to 16 lower-case letters and digits, a letter first"),
  v.notValue("home", "is reserved for the home tenant; choose another name"),
);

// https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata
export const container = text(
  /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/,
  "must be a container's name: 3 to 63 of a-z, 0-9 and -",
);

/** The site sends a storage token there, so it must be the cloud's; a suffix that is not known yet is not judged. */
export function blobEndpoint(storageSuffix: string | undefined) {
  const example = `such as https://<account>.blob.${storageSuffix ?? "<storage suffix>"}`;
  const form = `must be https, with no user info or query and at most the account in its path, ${example}`;
  const isInCloud = (url: string) =>
    storageSuffix === undefined || `.${URL.parse(url)?.hostname}`.endsWith(`.${storageSuffix}`);
  return v.pipe(
    text(/^https:\/\/[^/?#@\\\s]+(\/[a-z0-9]+)?\/?$/, form),
    v.transform((url) => url.replace(/\/$/, "")),
    v.check(isInCloud, `must be on the cloud's storage suffix, ${example}`),
  );
}

const RANGE = "must be an address range such as 203.0.113.7/32";
/** In CIDR form, as App Service's access restrictions take it. */
export const addressRange = v.pipe(
  v.string(RANGE),
  v.check((range) => {
    const [, address = "", bits] = /^([0-9a-fA-F.:]+)\/([0-9]{1,3})$/.exec(range) ?? [];
    const version = isIP(address);
    return version !== 0 && Number(bits) <= (version === 4 ? 32 : 128);
  }, RANGE),
);
