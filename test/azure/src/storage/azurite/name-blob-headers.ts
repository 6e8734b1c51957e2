import type { BlobRequest } from "../engine/blob-request.ts";

/**
 * Put Blob takes what is to be kept with the blob from the standard headers too
 * (https://learn.microsoft.com/rest/api/storageservices/put-blob, "Request headers"); Azurite so takes the type alone.
 */
export function nameBlobHeaders({ method, blob, query }: BlobRequest, headers: Headers): void {
  if (method !== "PUT" || blob === undefined || query.has("comp")) return;
  for (const name of ["content-encoding", "content-language", "cache-control"]) {
    const value = headers.get(name);
    if (value !== null && !headers.has(`x-ms-blob-${name}`))
      headers.set(`x-ms-blob-${name}`, value);
  }
}
