import { isIP } from "node:net";
import type { Problems } from "./problems.ts";

/** An object of the configuration as it came from YAML. */
export type Fields = Readonly<Record<string, unknown>>;

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const NAME = /^[a-z][a-z0-9]{2,15}$/;
const LOCATION = /^[a-z][a-z0-9]+$/;

/** The value as an object, or an empty one with a problem noted. */
export function asFields(value: unknown, key: string, problems: Problems): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  problems.add(key, value, "must be an object");
  return {};
}

/** The value as a list, or an empty one with a problem noted. */
export function asList(value: unknown, key: string, problems: Problems): readonly unknown[] {
  if (Array.isArray(value)) return value;
  problems.add(key, value, "must be a list");
  return [];
}

/** A GUID in lower case; Entra compares tenant ids as text, so one spelling is kept everywhere. */
export function guid(value: unknown, key: string, problems: Problems): string {
  if (typeof value === "string" && GUID.test(value)) return value.toLowerCase();
  problems.add(key, value, "must be a GUID such as 00000000-0000-0000-0000-000000000000");
  return "";
}

/** Like `guid`, for a field that may be left out. */
export function optionalGuid(value: unknown, key: string, problems: Problems): string | undefined {
  return value === undefined ? undefined : guid(value, key, problems);
}

/** An Azure region's short name. */
export function location(fields: Fields, key: string, problems: Problems): string {
  const value = fields["location"];
  if (typeof value === "string" && LOCATION.test(value)) return value;
  problems.add(`${key}.location`, value, "must be an Azure region's short name such as westeurope");
  return "";
}

/** A tenant's or target's name: short enough to start a storage account's name. */
export function name(fields: Fields, key: string, problems: Problems): string {
  const value = fields["name"];
  if (value === "home") {
    problems.add(`${key}.name`, value, "is reserved for the home tenant; choose another name");
  } else if (typeof value === "string" && NAME.test(value)) {
    return value;
  } else {
    const rule = "must be 3 to 16 lower-case letters and digits, a letter first";
    problems.add(`${key}.name`, value, rule);
  }
  return "";
}

/** Notes each field that is not among the allowed ones: a typing error must not pass as a default. */
export function closed(
  fields: Fields,
  key: string,
  allowed: readonly string[],
  problems: Problems,
): void {
  for (const field of Object.keys(fields).filter((f) => !allowed.includes(f))) {
    problems.add(
      `${key}.${field}`,
      fields[field],
      `is not known here; allowed: ${allowed.join(", ")}`,
    );
  }
}

/** Address ranges in CIDR form, as App Service's access restrictions take them. */
export function addressRanges(value: unknown, key: string, problems: Problems): readonly string[] {
  return asList(value, key, problems).filter((range, index): range is string => {
    const valid = typeof range === "string" && isAddressRange(range);
    const advice = "must be an address range such as 203.0.113.7/32";
    if (!valid) problems.add(`${key}[${index}]`, range, advice);
    return valid;
  });
}

function isAddressRange(range: string): boolean {
  const match = /^([0-9a-fA-F.:]+)\/([0-9]{1,3})$/.exec(range);
  const version = isIP(match?.[1] ?? "");
  return version !== 0 && Number(match?.[2]) <= (version === 4 ? 32 : 128);
}
