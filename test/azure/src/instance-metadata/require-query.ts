import { API_VERSIONS } from "./api-versions.ts";
import { MetadataRefusal } from "./metadata-refusal.ts";

/**
 * A parameter of a request about identities. Throws MetadataRefusal for one that is missing; the text was observed for
 * `resource`, that it is the same for `api-version` is unverified.
 */
export function requireQuery(query: URLSearchParams, name: string): string {
  const value = query.get(name);
  if (value) return value;
  throw new MetadataRefusal("invalid_request", `Required query variable '${name}' is missing`);
}

/** Throws unless the request names a version that has identities. Text observed, its `error` unverified. */
export function requireIdentityVersion(query: URLSearchParams): void {
  if (API_VERSIONS.includes(requireQuery(query, "api-version"))) return;
  throw new MetadataRefusal("invalid_request", "Invalid 'api-version' requested");
}
