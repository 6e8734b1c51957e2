import type { Azure } from "../../service/azure.ts";
import { accountInHost } from "../../world/names/blob-address.ts";
import { type BlobAccess, dataAction } from "../access/blob-permission.ts";
import { authenticateBlobRequest } from "../access/storage-authentication.ts";
import { authorizeBlobRequest } from "../access/storage-authorization.ts";
import { signatureParameters } from "../access/string-to-sign.ts";
import type { BlobService, CopySource } from "../azurite/backend.ts";
import { scopeOf } from "../azurite/container-registry.ts";
import { type BlobRequest, readBlobRequest, requireAccount } from "../engine/blob-request.ts";
import { invalidHeader, StorageError } from "../engine/errors.ts";
import { isDataLakeAddress } from "../engine/service-name.ts";
import { requireAdmitted } from "../rules/account.ts";

/**
 * The blob that a request copies from, of any account of this cloud; undefined when it copies none. Throws
 * CannotVerifyCopySource unless it may be read: by a signature in its address or by the token of
 * `x-ms-copy-source-authorization`, which speaks for a principal of the source's tenant. A copy of a whole blob within its
 * account takes the token of the request itself
 * (https://learn.microsoft.com/rest/api/storageservices/authorize-with-azure-active-directory, "Copy Blob"). A signature of
 * the request's own speaks for nothing but its target.
 */
export async function admitCopySource(
  service: BlobService,
  request: BlobRequest,
  access: BlobAccess,
): Promise<CopySource | undefined> {
  const address = request.headers.get("x-ms-copy-source");
  if (address === null) return undefined;
  const { azure, delegationSecret, registry } = service;
  try {
    const { source, name } = readSource(azure, request, address);
    const account = requireAccount(azure.state, source.account);
    requireAdmitted(account, request.client);
    const speaksForItself =
      source.query.has("sig") ||
      source.headers.has("authorization") ||
      source.account !== request.account ||
      access.signed !== undefined ||
      !isWholeCopy(request);
    const reader = speaksForItself
      ? await authenticateBlobRequest(azure, delegationSecret, account, source)
      : access;
    authorizeBlobRequest(azure, reader, dataAction("read", "r"), scopeOf(account, source));
    requireKnownParameters(source);
    return { request: source, credential: await registry.prepare(source), name };
  } catch (error) {
    throw unverified(error);
  }
}

/** Copy Blob and Copy Blob From URL; what else takes a source says what kind of blob it writes, or which part of one. */
export function isWholeCopy({ headers, query }: Pick<BlobRequest, "headers" | "query">): boolean {
  return !headers.has("x-ms-blob-type") && !query.has("comp");
}

/** The refusal of a copy for that of its source. What is not emulated stays so. */
export function unverified(error: unknown): unknown {
  if (!(error instanceof StorageError) || error.status === 501) return error;
  return new StorageError(error.status, "CannotVerifyCopySource", error.message, {
    copySource: error,
  });
}

/** A copy's source as a request to read it. Only this cloud is within reach: any other address is as good as none. */
function readSource(
  azure: Azure,
  request: BlobRequest,
  address: string,
): { source: BlobRequest; name: string } {
  const url = URL.parse(address);
  const storage = new URL(azure.endpoints.storage);
  const isHere =
    url?.protocol === "https:" &&
    url.port === storage.port &&
    (url.hostname === storage.hostname || accountInHost(url.hostname) !== undefined) &&
    !isDataLakeAddress(address);
  // What Azurite answers for a source at another server.
  if (!isHere)
    throw new StorageError(404, "ResourceNotFound", "The specified resource does not exist.");
  const read = { method: "GET", url: url.href, headers: authorizationHeaders(request) };
  const source = readBlobRequest(read, request.client);
  if (source.blob === undefined) throw invalidHeader();
  const snapshot = source.query.get("snapshot");
  const query = snapshot === null ? "" : `?${new URLSearchParams({ snapshot })}`;
  return { source, name: `${url.origin}${url.pathname}${query}` };
}

/** What is not looked at, such as a version's id, would make another blob of the source than the one that is copied. */
function requireKnownParameters({ query }: BlobRequest): void {
  const known = ["snapshot", ...signatureParameters];
  const unknown = [...query.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new StorageError(
      501,
      "NotImplemented",
      `the source of a copy with the parameter "${unknown}" is not emulated`,
    );
}

/** Copy Blob, which is the asynchronous one, knows no token for the source. */
function authorizationHeaders({ headers, query }: BlobRequest): Headers {
  const sent = new Headers({
    "x-ms-version": headers.get("x-ms-version") ?? query.get("sv") ?? "",
  });
  const authorization = headers.get("x-ms-copy-source-authorization");
  const isAsynchronous = isWholeCopy({ headers, query }) && !headers.has("x-ms-requires-sync");
  if (authorization !== null && !isAsynchronous) sent.set("authorization", authorization);
  return sent;
}
