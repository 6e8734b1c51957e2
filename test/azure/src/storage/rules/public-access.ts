import type { Resource } from "../../world/resource-records.ts";
import type { BlobRequest } from "../engine/blob-request.ts";
import { StorageError } from "../engine/storage-error.ts";

/**
 * Throws for a container that anybody is to read: an account that does not allow it refuses so
 * (https://learn.microsoft.com/azure/storage/blobs/anonymous-read-access-prevent), and for one that does it is not emulated.
 */
export function refusePublicAccess({ properties }: Resource, { headers }: BlobRequest): void {
  if (!headers.has("x-ms-blob-public-access")) return;
  if (properties["allowBlobPublicAccess"] === true)
    throw new StorageError(501, "NotImplemented", "public access to a container is not emulated");
  throw new StorageError(
    409,
    "PublicAccessNotPermitted",
    "Public access is not permitted on this storage account.",
  );
}
