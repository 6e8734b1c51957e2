import { MetadataError } from "./errors.ts";

/**
 * The api-versions of the instance metadata service that have managed identity tokens
 * (learn.microsoft.com/azure/virtual-machines/instance-metadata-service, "Supported API versions").
 */
export const API_VERSIONS: readonly string[] = [
  "2018-02-01",
  "2018-04-02",
  "2018-10-01",
  "2019-02-01",
  "2019-03-11",
  "2019-04-30",
  "2019-06-01",
  "2019-06-04",
  "2019-08-01",
  "2019-08-15",
  "2019-11-01",
  "2020-06-01",
  "2020-07-15",
  "2020-09-01",
  "2020-10-01",
  "2020-12-01",
  "2021-01-01",
  "2021-02-01",
  "2021-03-01",
  "2021-05-01",
  "2021-10-01",
  "2021-11-01",
  "2021-11-15",
  "2021-12-13",
  "2023-07-01",
  "2023-11-15",
  "2024-03-15",
  "2024-07-17",
  "2025-04-07",
];

/** Those of everything else that the service tells (the same list, from its beginning). */
export const INSTANCE_API_VERSIONS: readonly string[] = [
  "2017-03-01",
  "2017-04-02",
  "2017-08-01",
  "2017-10-01",
  "2017-12-01",
  ...API_VERSIONS,
];

/**
 * A parameter of a request about identities. Throws MetadataError for one that is missing; the text was observed for
 * `resource`, that it is the same for `api-version` is unverified.
 */
export function requireQuery(query: URLSearchParams, name: string): string {
  const value = query.get(name);
  if (value) return value;
  throw new MetadataError("invalid_request", `Required query variable '${name}' is missing`);
}

/** Throws unless the request names a version that has identities. Text observed, its `error` unverified. */
export function requireIdentityVersion(query: URLSearchParams): void {
  if (API_VERSIONS.includes(requireQuery(query, "api-version"))) return;
  throw new MetadataError("invalid_request", "Invalid 'api-version' requested");
}
