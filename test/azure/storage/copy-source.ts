import type { Azure } from "../azure.ts";
import type { BlobAccess } from "./blob-access.ts";
import { accountInHost } from "./blob-address.ts";
import { dataAction } from "./blob-permission.ts";
import { readBlobRequest, requireAccount, type BlobRequest } from "./blob-request.ts";
import { authenticateBlobRequest } from "./storage-authentication.ts";
import { authorizeBlobRequest } from "./storage-authorization.ts";
import { containerId } from "./container-registry.ts";
import { StorageError } from "./storage-error.ts";

/**
 * The blob that a request copies from, undefined when it copies none. Throws unless it may be read: by a signature in its
 * address, by the token of `x-ms-copy-source-authorization` or else by the token of the request itself
 * (https://learn.microsoft.com/rest/api/storageservices/copy-blob, "Authorization"). A signature of the request's own speaks
 * for nothing but its target.
 */
export async function admitCopySource(
  azure: Azure,
  delegationSecret: string,
  request: BlobRequest,
  access: BlobAccess,
): Promise<BlobRequest | undefined> {
  const address = request.headers.get("x-ms-copy-source");
  if (address === null) return undefined;
  const source = readSource(azure, request, address);
  const given = source.query.has("sig") || source.headers.has("authorization");
  try {
    const account = requireAccount(azure.state, source.account);
    const reader =
      given || access.signed !== undefined
        ? await authenticateBlobRequest(azure, delegationSecret, account, source)
        : access;
    authorizeBlobRequest(azure, reader, dataAction("read", "r"), containerId(account, source));
    return source;
  } catch (error) {
    if (!(error instanceof StorageError) || error.status === 501) throw error;
    throw new StorageError(error.status, "CannotVerifyCopySource", error.message, {
      copySource: error,
    });
  }
}

/** A copy's source as a request to read it. Throws 501 for another account's or another server's. */
function readSource(azure: Azure, { account, headers }: BlobRequest, address: string): BlobRequest {
  const url = URL.parse(address);
  const storage = new URL(azure.endpoints.storage);
  const isHere =
    url?.protocol === "https:" &&
    url.port === storage.port &&
    (url.hostname === storage.hostname || accountInHost(url.hostname) !== undefined);
  if (!isHere) throw notEmulated("from another address than this service's");
  const sent = { "x-ms-version": headers.get("x-ms-version") ?? "" };
  const authorization = headers.get("x-ms-copy-source-authorization");
  const source = readBlobRequest({
    method: "GET",
    url: url.href,
    headers: new Headers(authorization === null ? sent : { ...sent, authorization }),
  });
  if (source.account !== account) throw notEmulated("from another account");
  if (source.blob === undefined)
    throw new StorageError(
      400,
      "InvalidHeaderValue",
      "The value for one of the HTTP headers is not in the correct format.",
    );
  return source;
}

function notEmulated(what: string): StorageError {
  return new StorageError(501, "NotImplemented", `a copy ${what} is not emulated`);
}
