import type { Azure } from "../../service/azure.ts";
import type { Azurite } from "../azurite/azurite.ts";
import type { AdmittedRequest, CopySource } from "../azurite/backend.ts";
import { forwardToAzurite } from "../azurite/forward-to-azurite.ts";
import { invalidHeader } from "../engine/errors.ts";
import { readCopySource, sourceHeaders } from "./read-copy-source.ts";

/**
 * Put Blob, Put Block, Append Block or Put Page From URL (https://learn.microsoft.com/rest/api/storageservices/put-blob-from-url
 * and its kin): the same operation with the source's bytes as its body. Azurite has one of the four.
 */
export async function putFromUrl(
  azure: Azure,
  azurite: Azurite,
  admitted: AdmittedRequest & { readonly source: CopySource },
  raw: Request,
): Promise<Response> {
  const { request, source } = admitted;
  const { headers, signal } = raw;
  if (![null, "0"].includes(headers.get("content-length"))) throw invalidHeader();
  const read = await readCopySource(azurite, source, sourceHeaders(headers), signal);
  const written = new Headers(headers);
  for (const name of headers.keys())
    if (/^x-ms-(?:copy-source|source-)/.test(name)) written.delete(name);
  written.set("content-length", read.headers.get("content-length") ?? "0");
  const md5 = headers.get("x-ms-source-content-md5");
  if (md5 !== null) written.set("content-md5", md5);
  if (!request.query.has("comp")) copyProperties(headers, read.headers, written);
  const put = { method: "PUT", headers: written, body: read.body, duplex: "half", signal };
  return forwardToAzurite(
    azure,
    azurite,
    { ...admitted, source: undefined },
    new Request(raw.url, put),
  );
}

/**
 * Put Blob From URL takes the source's properties over unless it is told not to, or told others. That it does not take its
 * metadata over is unverified.
 */
function copyProperties(asked: Headers, source: Headers, written: Headers): void {
  const copies = asked.get("x-ms-copy-source-blob-properties")?.toLowerCase() !== "false";
  for (const name of ["type", "encoding", "language", "disposition"]) {
    const value = source.get(`content-${name}`);
    const property = `x-ms-blob-content-${name}`;
    if (copies && value !== null && !asked.has(property)) written.set(property, value);
  }
  const cacheControl = source.get("cache-control");
  if (copies && cacheControl !== null && !asked.has("x-ms-blob-cache-control"))
    written.set("x-ms-blob-cache-control", cacheControl);
}
