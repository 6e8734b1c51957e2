import { StorageError } from "./storage-error.ts";

const MAX_CHARACTERS = 1024;
const MAX_SEGMENTS = 254;

/**
 * Throws for the name of a blob, as it stands in an address, that no blob can have
 * (https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata, "Blob
 * names"). The codes are unverified; that control characters are refused follows from List Blobs, which has to encode
 * U+FFFE and U+FFFF alone for its XML. Those two Azurite cannot list.
 */
export function requireBlobName(encoded: string): void {
  const name = decode(encoded);
  // oxlint-disable-next-line no-control-regex -- they are what is looked for.
  if (name === undefined || /[\0-\x08\x0b\x0c\x0e-\x1f]/.test(name))
    throw new StorageError(
      400,
      "InvalidUri",
      "The requested URI does not represent any resource on the server.",
    );
  if (name.length > MAX_CHARACTERS || name.split("/").length > MAX_SEGMENTS)
    throw new StorageError(400, "OutOfRangeInput", "One of the request inputs is out of range.");
  if (/[\uFFFE\uFFFF]/.test(name))
    throw new StorageError(
      501,
      "NotImplemented",
      "blob names with U+FFFE or U+FFFF are not emulated",
    );
}

function decode(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
