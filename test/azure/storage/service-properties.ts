import { readBody } from "../read-body.ts";
import { StorageError } from "./storage-error.ts";

const MAX_BYTES = 64 * 1024;

/**
 * The request of Set Blob Service Properties, read to see that its document is one
 * (https://learn.microsoft.com/rest/api/storageservices/set-blob-service-properties, "Request body"), which Azurite takes for
 * granted. Throws InvalidXmlDocument, or 501 for one without any property: it changes nothing, and Azurite fails on it.
 */
export async function requireServiceProperties(raw: Request): Promise<Request> {
  const body = await readBody(raw, MAX_BYTES);
  const document = new TextDecoder().decode(body);
  const content = /<StorageServiceProperties(?:\s[^>]*)?>(.*)<\/StorageServiceProperties>/s.exec(
    document,
  )?.[1];
  const { url, headers, signal } = raw;
  if (content?.includes("<"))
    return new Request(url, { method: "PUT", headers, signal, body: body ?? null });
  if (/<StorageServiceProperties[\s/>]/.test(document))
    throw new StorageError(
      501,
      "NotImplemented",
      "service properties without any property are not emulated",
    );
  throw new StorageError(400, "InvalidXmlDocument", "XML specified is not syntactically valid.");
}
