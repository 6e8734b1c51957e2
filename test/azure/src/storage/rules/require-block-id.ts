import { StorageError } from "../engine/storage-error.ts";

const MAX_BYTES = 64;

/**
 * Throws for the id of a block that is not Base64, or of more than 64 bytes
 * (https://learn.microsoft.com/rest/api/storageservices/put-block, "URI parameters"). A `+` may have become a space.
 */
export function requireBlockId(query: URLSearchParams): void {
  const id = query.get("comp") === "block" ? (query.get("blockid") ?? "") : undefined;
  if (id === undefined) return;
  const isId = /^(?:[A-Za-z0-9+/ ]{4})*(?:[A-Za-z0-9+/ ]{2}(?:==)?|[A-Za-z0-9+/ ]{3}=?)?$/.test(id);
  if (id !== "" && isId && Buffer.from(id, "base64").length <= MAX_BYTES) return;
  throw new StorageError(
    400,
    "InvalidQueryParameterValue",
    "Value for one of the query parameters specified in the request URI is invalid.",
  );
}
