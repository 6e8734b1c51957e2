import { readBody } from "../../http/read-body.ts";
import type { BlobRequest } from "../engine/blob-request.ts";
import { StorageError } from "../engine/errors.ts";

/** The longest block list, 50,000 blocks, has less. */
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * Root of the document that a request must bring, by the pages of Put Block List, Set Blob Tags and Set Blob Service
 * Properties; undefined for other requests. Azurite takes any root for the right one, and would commit an empty blob.
 */
export function documentRoot({ method, blob, query }: BlobRequest): string | undefined {
  if (method !== "PUT") return undefined;
  const comp = query.get("comp");
  if (comp === "blocklist") return "BlockList";
  if (comp === "tags" && blob !== undefined) return "Tags";
  const isService = comp === "properties" && query.get("restype") === "service";
  return isService ? "StorageServiceProperties" : undefined;
}

/**
 * The request, whose document was read and has this root. Throws InvalidXmlDocument, whose use for another root is
 * unverified, and 501 for service properties without a property: they change nothing, and Azurite fails on them.
 */
export async function requireXmlDocument(raw: Request, root: string): Promise<Request> {
  const body = await readBody(raw, MAX_BYTES);
  if (body === undefined)
    throw new StorageError(
      413,
      "RequestBodyTooLarge",
      "The request body is too large and exceeds the maximum permissible limit.",
    );
  const [, name, attributes, content = ""] = prolog.exec(new TextDecoder().decode(body)) ?? [];
  if (name !== root || attributes === undefined) throw invalidXml();
  if (root === "StorageServiceProperties" && (attributes.endsWith("/") || !content.includes("</")))
    throw new StorageError(
      501,
      "NotImplemented",
      "service properties without any property are not emulated",
    );
  const { url, method, headers: given, signal } = raw;
  // Older clients for Python spell booleans so, and Azure takes them (recorded: 15 pairs); Azurite does not.
  const text = new TextDecoder().decode(body);
  const spelled = text.replaceAll(/>(True|False)</g, (word) => word.toLowerCase());
  const headers = new Headers(given);
  headers.set("content-length", String(Buffer.byteLength(spelled)));
  return new Request(url, { method, headers, signal, body: spelled });
}

/** What is no XML, or not the document that the operation takes. */
export function invalidXml(): StorageError {
  return new StorageError(400, "InvalidXmlDocument", "XML specified is not syntactically valid.");
}

/** Declaration, comments, and then the root's name, attributes and the rest. */
const prolog = /^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<([A-Za-z]+)([^>]*)>(.*)$/s;
