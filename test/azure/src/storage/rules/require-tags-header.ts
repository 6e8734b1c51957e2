import { StorageError } from "../engine/storage-error.ts";

/**
 * Throws for an `x-ms-tags` that is no query of names and values (https://learn.microsoft.com/rest/api/storageservices/put-blob,
 * "Request headers"). That the code is the one for any header is unverified.
 */
export function requireTagsHeader(headers: Headers): void {
  const tags = headers.get("x-ms-tags") ?? "";
  if (tags === "" || tags.split("&").every(isTag)) return;
  throw new StorageError(
    400,
    "InvalidHeaderValue",
    "The value for one of the HTTP headers is not in the correct format.",
  );
}

function isTag(pair: string): boolean {
  try {
    return decodeURIComponent(pair).length > 0 && pair.includes("=");
  } catch {
    return false;
  }
}
