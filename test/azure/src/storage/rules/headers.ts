import type { BlobRequest } from "../engine/blob-request.ts";
import { StorageError } from "../engine/errors.ts";

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

const lengthRequired = [
  '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN""http://www.w3.org/TR/html4/strict.dtd">',
  "<HTML><HEAD><TITLE>Length Required</TITLE>",
  '<META HTTP-EQUIV="Content-Type" Content="text/html; charset=us-ascii"></HEAD>',
  "<BODY><h2>Length Required</h2>",
  "<hr><p>HTTP Error 411. The request must be chunked or have a content length.</p>",
  "</BODY></HTML>",
  "",
].join("\r\n");

/**
 * What Windows' HTTP service answers in Azure's place to a PUT or a POST that does not say whether it has a body, as
 * `curl -X PUT` sends it; undefined for any other request. Observed (github.com/apache/opendal, issue 1999).
 */
export function refuseWithoutLength({ method, headers }: Request): Response | undefined {
  if (method !== "PUT" && method !== "POST") return undefined;
  if (headers.has("content-length") || headers.has("transfer-encoding")) return undefined;
  return new Response(lengthRequired, {
    status: 411,
    headers: {
      "content-type": "text/html; charset=us-ascii",
      server: "Microsoft-HTTPAPI/2.0",
      connection: "close",
    },
  });
}
