import type { BlobRequest } from "../engine/blob-request.ts";
import { StorageError } from "../engine/storage-error.ts";

/**
 * Throws for a PUT without a length, and for a Put Blob that does not say what kind of blob: Azure takes no chunked body and
 * has no default (https://learn.microsoft.com/rest/api/storageservices/put-blob, "Request headers"). Both refusals are
 * observed, that of the length for Put Blob and Put Block alone.
 */
export function requirePutHeaders({ method, blob, query, headers }: BlobRequest): void {
  if (method !== "PUT") return;
  if (headers.has("transfer-encoding"))
    throw new StorageError(
      411,
      "MissingContentLengthHeader",
      "Content-Length HTTP header is missing.",
      { headerName: "Content-Length" },
    );
  const isPutBlob = blob !== undefined && !query.has("comp") && !headers.has("x-ms-copy-source");
  if (isPutBlob && !headers.has("x-ms-blob-type"))
    throw new StorageError(
      400,
      "MissingRequiredHeader",
      "An HTTP header that's mandatory for this request is not specified.",
      { headerName: "x-ms-blob-type" },
    );
}
