import { StorageError } from "./storage-error.ts";

/**
 * Throws for a filter or condition on tags that Azurite fails on: one with control characters, which no tag has
 * (https://learn.microsoft.com/rest/api/storageservices/find-blobs-by-tags, "Remarks"), and one on `__proto__`, which
 * Azure would answer.
 */
export function requireTagFilter(filter: string): void {
  // oxlint-disable-next-line no-control-regex -- they are what is looked for.
  if (/[\0-\x1f]/.test(filter))
    throw new StorageError(
      400,
      "InvalidQueryParameterValue",
      "Value for one of the query parameters specified in the request URI is invalid.",
    );
  if (filter.includes("__proto__"))
    throw new StorageError(501, "NotImplemented", "a filter on the tag __proto__ is not emulated");
}
