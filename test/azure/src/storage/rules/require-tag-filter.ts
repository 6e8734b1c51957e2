import { StorageError } from "../engine/storage-error.ts";

/**
 * Throws for a filter or condition on tags that Azurite fails on: one with other characters than those of tags
 * (https://learn.microsoft.com/rest/api/storageservices/set-blob-tags, "Request body"), and one on `__proto__`, which Azure
 * would answer.
 */
export function requireTagFilter(filter: string): void {
  if (/[^\x20-\x7e]/.test(filter))
    throw new StorageError(
      400,
      "InvalidQueryParameterValue",
      "Value for one of the query parameters specified in the request URI is invalid.",
    );
  if (filter.includes("__proto__"))
    throw new StorageError(501, "NotImplemented", "a filter on the tag __proto__ is not emulated");
}
