import type { StorageSharedKeyCredential } from "@azure/storage-blob";
import { forwardRequest } from "../../http/forward-request.ts";
import type { Azure } from "../../service/azure.ts";
import { blobEndpoint } from "../../world/names/blob-address.ts";
import { signatureParameters } from "../access/string-to-sign.ts";
import type { BlobRequest } from "../engine/blob-request.ts";
import { StorageError } from "../engine/errors.ts";
import { documentRoot, invalidXml } from "../rules/xml-document.ts";
import type { Azurite } from "./azurite.ts";
import type { AdmittedRequest, CopySource } from "./backend.ts";
import { azuriteSharedKey, azuriteSignature } from "./credentials.ts";

/**
 * Sends an admitted request to Azurite, signed with a short-lived signature in place of its token or its own signature,
 * and answers with the names of the account that the client knows.
 */
export async function forwardToAzurite(
  azure: Azure,
  { port }: Azurite,
  { request, grant, source, credential }: AdmittedRequest,
  raw: Request,
): Promise<Response> {
  const headers = new Headers(raw.headers);
  headers.delete("authorization");
  headers.delete("x-ms-copy-source-authorization");
  for (const name of headersOfOtherOperations(request)) headers.delete(name);
  // An algorithm without a key asks for nothing (recorded for HEAD); Azurite does no encryption and fails on the header.
  if (!headers.has("x-ms-encryption-key")) headers.delete("x-ms-encryption-algorithm");
  if (namesNoTier(request)) headers.delete("x-ms-access-tier");
  nameBlobHeaders(request, headers);
  if (source !== undefined)
    headers.set("x-ms-copy-source", azuriteAddress(port, credential, source));
  const path = `/${credential.accountName}${request.path}`;
  const { method, query } = request;
  const isPolicy = query.get("comp") === "acl";
  if (isPolicy)
    headers.set("authorization", azuriteSharedKey(credential, { method, path, query, headers }));
  const signature = isPolicy ? "" : azuriteSignature(credential, grant);
  const response = await forwardRequest(raw, {
    port,
    path: `${path}?${ownParameters(raw.url, request)}${signature}`,
    headers,
  });
  const refused = refusalWithoutCode(response, request);
  if (refused !== undefined) throw refused;
  const version = headers.get("x-ms-version") ?? request.query.get("sv");
  if (version !== null) response.headers.set("x-ms-version", version);
  const endpoint = blobEndpoint(azure, request.account, request.style);
  const copied = response.headers.get("x-ms-copy-source");
  if (copied !== null) response.headers.set("x-ms-copy-source", givenAddress(copied));
  const isList = ["list", "blobs"].includes(request.query.get("comp") ?? "");
  return isList && response.ok ? renameEndpoint(response, endpoint) : response;
}

/**
 * Where Azurite has no code, or the status's text for one: what
 * https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes has for it.
 */
function refusalWithoutCode(
  { status, headers }: Response,
  request: BlobRequest,
): StorageError | undefined {
  const code = headers.get("x-ms-error-code");
  const { method, query } = request;
  // Of a write, a condition that is not met is never "not modified" (recorded for Snapshot Blob).
  if (status === 304 && method === "PUT")
    return new StorageError(
      412,
      "ConditionNotMet",
      "The condition specified using HTTP conditional header(s) is not met.",
    );
  // A blob that never was a copy has none to abort (recorded).
  if (code === "CopyIdMismatch" && query.get("comp") === "copy")
    return new StorageError(
      409,
      "NoPendingCopyOperation",
      "There is currently no pending copy operation.",
    );
  if (code === "Requested Range Not Satisfiable")
    return new StorageError(416, "InvalidPageRange", "The page range specified is invalid.");
  if (status !== 400 || code !== null) return undefined;
  return documentRoot(request) === undefined
    ? new StorageError(400, "InvalidInput", "One of the request inputs is not valid.")
    : invalidXml();
}

/**
 * Headers by which Azurite would carry out another operation than the one that was authorized: it takes the method from one,
 * and every write with a blob type for Put Blob. To Azure neither says anything there.
 */
function headersOfOtherOperations({ query }: BlobRequest): string[] {
  return query.has("comp") ? ["x-http-method", "x-ms-blob-type"] : ["x-http-method"];
}

/**
 * An empty tier on a write is none, which restic relies on; Azurite is stricter than Azure there (github.com/rclone/rclone/pull/6914).
 * Set Blob Tier needs one.
 */
function namesNoTier({ headers, query }: BlobRequest): boolean {
  return headers.get("x-ms-access-tier") === "" && query.get("comp") !== "tier";
}

/**
 * Where Azurite finds a source, with the name that the client gave it: Azurite keeps the address with the copy, where ports
 * and accounts of its own would soon mean something else. Another account's takes a signature.
 */
function azuriteAddress(
  port: number,
  target: StorageSharedKeyCredential,
  { request, credential, name }: CopySource,
): string {
  const snapshot = request.query.get("snapshot");
  const query = new URLSearchParams({ ...(snapshot !== null && { snapshot }), [GIVEN]: name });
  const foreign =
    credential.accountName === target.accountName ? "" : `&${azuriteSignature(credential)}`;
  return `http://127.0.0.1:${port}/${credential.accountName}${request.path}?${query}${foreign}`;
}

/** A parameter that Azurite has no meaning for. */
const GIVEN = "given";

function givenAddress(address: string): string {
  return URL.parse(address)?.searchParams.get(GIVEN) ?? address;
}

/** The parameters as they were sent, without those of a signature; headers of the response are Azurite's to override. */
function ownParameters(url: string, { query }: BlobRequest): string {
  const sent = new URL(url).search.slice(1).split("&");
  const kept = sent.filter((parameter) => {
    const name = parameter.split("=")[0] ?? "";
    const isSigned = query.has("sig") && signatureParameters.includes(name);
    return name !== "" && (!isSigned || /^rsc[cdelt]$/.test(name));
  });
  return kept.map((parameter) => `${parameter}&`).join("");
}

/** Lists name the service they come from. A page has at most 5000 entries, so it is read whole. */
async function renameEndpoint(response: Response, endpoint: string): Promise<Response> {
  const xml = await response.text();
  const renamed = xml
    .replace(/ServiceEndpoint="[^"]*"/, `ServiceEndpoint="${endpoint}"`)
    .replaceAll(/(?<=<CopySource>)[^<]*/g, (address) =>
      givenAddress(address.replaceAll("&amp;", "&")).replaceAll("&", "&amp;"),
    );
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  return new Response(renamed, { status: response.status, headers });
}

/**
 * Put Blob takes what is to be kept with the blob from the standard headers too
 * (https://learn.microsoft.com/rest/api/storageservices/put-blob, "Request headers"); Azurite so takes the type alone.
 */
function nameBlobHeaders({ method, blob, query }: BlobRequest, headers: Headers): void {
  if (method !== "PUT" || blob === undefined || query.has("comp")) return;
  for (const name of ["content-encoding", "content-language", "cache-control"]) {
    const value = headers.get(name);
    if (value !== null && !headers.has(`x-ms-blob-${name}`))
      headers.set(`x-ms-blob-${name}`, value);
  }
}
