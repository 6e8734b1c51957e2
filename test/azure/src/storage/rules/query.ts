import { StorageError } from "../engine/errors.ts";

/**
 * Refuses the end of a range of names, which List Blobs knows only in an account with the preview of Apache Arrow listings; no
 * account here has it. Code and text are those that rclone's azureblob backend (arrow.go, isEndBeforeUnsupported) reports of
 * Azure and falls back on.
 */
export function refuseEndBefore(query: URLSearchParams): void {
  if (query.get("comp") === "list" && query.has("endBefore"))
    throw new StorageError(
      400,
      "OperationNotSupportedWithFeatureMissing",
      "The requested operation is not allowed as EndBefore parameter support is missing on this account",
    );
}

const MAX_BLOCK_ID_BYTES = 64;

/**
 * Throws for the id of a block that is not Base64, or of more than 64 bytes
 * (https://learn.microsoft.com/rest/api/storageservices/put-block, "URI parameters"). A `+` may have become a space.
 */
export function requireBlockId(query: URLSearchParams): void {
  const id = query.get("comp") === "block" ? (query.get("blockid") ?? "") : undefined;
  if (id === undefined) return;
  const isId = /^(?:[A-Za-z0-9+/ ]{4})*(?:[A-Za-z0-9+/ ]{2}(?:==)?|[A-Za-z0-9+/ ]{3}=?)?$/.test(id);
  if (id !== "" && isId && Buffer.from(id, "base64").length <= MAX_BLOCK_ID_BYTES) return;
  throw new StorageError(
    400,
    "InvalidQueryParameterValue",
    "Value for one of the query parameters specified in the request URI is invalid.",
  );
}

/** Throws for a snapshot that is no time, whatever blob there is (recorded for `1`). */
export function requireSnapshotTime(query: URLSearchParams): void {
  const snapshot = query.get("snapshot") ?? "";
  if (snapshot === "" || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(snapshot)) return;
  throw new StorageError(
    400,
    "InvalidQueryParameterValue",
    "Value for one of the query parameters specified in the request URI is invalid.",
    { query: { name: "snapshot", value: snapshot } },
  );
}

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
