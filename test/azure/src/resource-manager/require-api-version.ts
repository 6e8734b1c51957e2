import type { Azure } from "../service/azure.ts";
import { apiVersions, coreApiVersions } from "./engine/api-versions.ts";
import { ManagementError } from "./engine/errors.ts";
import { regions } from "./engine/regions.ts";
import { resourceTypeOf } from "./engine/resource-type.ts";

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

/** A request, as far as the version that it names matters. */
interface VersionedRequest {
  readonly method: string;
  readonly path: string;
  /** Where the resource is or shall be. */
  readonly location: string | undefined;
}

/**
 * Throws, with the versions that there are, for one that the request's resource type does not have. One that is newer than
 * all that were known when the lists were made, and not of the future, is answered as the newest is, and logged: clients
 * become newer, and a refusal that claims to know would stop them.
 */
export function requireSupportedApiVersion(
  { clock, log }: Pick<Azure, "clock" | "log">,
  { method, path, location }: VersionedRequest,
  version: string,
): void {
  const found = resourceTypeOf(method, path);
  const lists = versionLists(method, path);
  const supported = [...new Set(lists.flat())];
  if (supported.includes(version.toLowerCase())) return;
  if (lists.some((list) => isNewer(version, list, clock.now()))) {
    log("api-version-newer-than-known", { method, path, version, newest: newestOf(supported) });
    return;
  }
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

/** The api-versions of what a path is about; newest first, unless it is about work that goes on. */
export function supportedApiVersions(method: string, path: string): readonly string[] {
  return [...new Set(versionLists(method, path).flat())];
}

/** The list of each type that a path may be about: work that goes on is followed in the version of the request that began it. */
function versionLists(method: string, path: string): readonly (readonly string[])[] {
  if (/^\/subscriptions\/[^/]+\/operationresults\//i.test(path))
    return [coreApiVersions, ...everyType];
  const found = resourceTypeOf(method, path);
  return [found === undefined ? coreApiVersions : versionsOf(found.namespace, found.type)];
}

const everyType = Object.values(apiVersions).flatMap((types) => Object.values(types));

/**
 * Those of the type, or of the nearest type it is nested in that has a list, or of all types in the namespace for one such as
 * `checkNameAvailability`.
 */
function versionsOf(namespace: string, type: string): readonly string[] {
  const types = caseless(apiVersions, namespace) ?? {};
  const names = type.split("/");
  for (let depth = names.length; depth > 0; depth--) {
    const versions = caseless(types, names.slice(0, depth).join("/"));
    if (versions !== undefined) return versions;
  }
  return [...new Set(Object.values(types).flat())];
}

function caseless<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  const wanted = name.toLowerCase();
  return Object.entries(record).find(([key]) => key.toLowerCase() === wanted)?.[1];
}

function isNewer(version: string, supported: readonly string[], now: number): boolean {
  const date = /^(\d{4}-\d{2}-\d{2})(?:-preview)?$/i.exec(version)?.[1];
  if (date === undefined || Number.isNaN(Date.parse(date))) return false;
  return date > newestOf(supported) && Date.parse(date) <= now;
}

/** `yyyy-mm-dd` of the newest version, previews included. */
function newestOf(supported: readonly string[]): string {
  return supported.map((version) => version.slice(0, 10)).reduce((a, b) => (a > b ? a : b), "");
}
