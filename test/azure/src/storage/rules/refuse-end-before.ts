import { StorageError } from "../engine/storage-error.ts";

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
