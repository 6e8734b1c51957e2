import { apiVersions, coreApiVersions } from "./api-versions.ts";
import { ManagementError } from "./management-error.ts";
import { regions } from "./regions.ts";
import { resourceTypeOf } from "./resource-type.ts";

/** The api-version of a request. Throws MissingApiVersionParameter. */
export function requireApiVersion(query: URLSearchParams): string {
  const version = query.get("api-version");
  if (version) return version;
  throw new ManagementError(
    400,
    "MissingApiVersionParameter",
    "The api-version query parameter (?api-version=) is required for all requests.",
  );
}

/**
 * Throws, with the versions that there are, for one that the request's resource type does not have. The lists are those of
 * the specifications, and Azure has some more: a date that is not listed passes from the first that is to `today`
 * (`yyyy-mm-dd`), rather than that a client is refused wrongly. `location` is where the resource is or shall be.
 */
export function requireSupportedApiVersion(
  { method, path, location }: { method: string; path: string; location: string | undefined },
  version: string,
  today: string,
): void {
  const found = resourceTypeOf(method, path);
  const supported = supportedApiVersions(method, path);
  if (supported.includes(version.toLowerCase()) || isPlausible(version, supported, today)) return;
  if (found === undefined)
    throw new ManagementError(
      400,
      "InvalidApiVersionParameter",
      `The api-version '${version}' is invalid. The supported versions are '${supported.join(",")}'.`,
    );
  if (location === undefined)
    throw new ManagementError(
      404,
      "InvalidResourceType",
      `The resource type '${found.type}' could not be found in the namespace '${found.namespace}' for api version '${version}'. The supported api-versions are '${supported.join(",")}'.`,
    );
  const locations = regions.map(({ name }) => name).join(", ");
  throw new ManagementError(
    400,
    "NoRegisteredProviderFound",
    `No registered resource provider found for location '${location}' and API version '${version}' for type '${found.type}'. The supported api-versions are '${supported.join(", ")}'. The supported locations are '${locations}'.`,
  );
}

/** The api-versions of what a path is about, newest first. */
export function supportedApiVersions(method: string, path: string): readonly string[] {
  const found = resourceTypeOf(method, path);
  return found === undefined ? coreApiVersions : versionsOf(found.namespace, found.type);
}

/** Those of the top-level type, or of all types in the namespace for a type of its own such as `checkNameAvailability`. */
function versionsOf(namespace: string, type: string): readonly string[] {
  const types = caseless(apiVersions, namespace) ?? {};
  const [topLevel = ""] = type.split("/");
  return caseless(types, topLevel) ?? [...new Set(Object.values(types).flat())];
}

function caseless<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  const wanted = name.toLowerCase();
  return Object.entries(record).find(([key]) => key.toLowerCase() === wanted)?.[1];
}

function isPlausible(version: string, supported: readonly string[], today: string): boolean {
  const date = /^(\d{4}-\d{2}-\d{2})(?:-preview)?$/i.exec(version)?.[1];
  if (date === undefined || Number.isNaN(Date.parse(date)) || date > today) return false;
  return supported.some((known) => known.slice(0, 10) <= date);
}
