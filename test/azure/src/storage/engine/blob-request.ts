import type { BlobAddressStyle } from "../../world/endpoints.ts";
import { accountInHost } from "../../world/names/blob-address.ts";
import type { Resource } from "../../world/resource-records.ts";
import type { State } from "../../world/state.ts";
import { StorageError } from "./errors.ts";

/** What a Blob storage request is about, read from its address and headers. */
export interface BlobRequest {
  readonly method: string;
  readonly account: string;
  readonly style: BlobAddressStyle;
  /** `/<container>/<blob>` as it was sent, empty for the account itself. */
  readonly path: string;
  /** Undefined for the account itself. */
  readonly container: string | undefined;
  /** Still percent-encoded; undefined for the container itself. */
  readonly blob: string | undefined;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** IP address of who sent it. */
  readonly client: string;
}

/**
 * Reads an address of either style, `/<account>/<container>/<blob>` or `/<container>/<blob>` at the account's own host.
 * What is authorized must be what Azurite carries out, so the path is taken as the URL parser resolved it, and what the
 * two could read differently is refused: names that need decoding, empty ones, parameters given twice or in
 * no encoding.
 */
export function readBlobRequest(
  { method, url, headers }: Pick<Request, "method" | "url" | "headers">,
  client: string,
): BlobRequest {
  const { hostname, pathname, search, searchParams: query } = new URL(url);
  const named = accountInHost(hostname);
  const [account = "", container, ...rest] =
    named === undefined ? pathname.slice(1).split("/") : [named, ...pathname.slice(1).split("/")];
  const blob = rest.join("/");
  if (container === "" ? blob !== "" : container !== undefined && !isContainerName(container))
    throw invalid(
      "InvalidResourceName",
      "The specified resource name contains invalid characters.",
    );
  requireBlobName(blob);
  const names = [...query.keys()];
  const isTwice = new Set(names.map((name) => name.toLowerCase())).size < names.length;
  if (isTwice || !isEncoded(search))
    throw invalid(
      "InvalidQueryParameterValue",
      "Value for one of the query parameters specified in the request URI is invalid.",
    );
  return {
    method,
    account,
    style: named === undefined ? "path" : "host",
    path: named === undefined ? pathname.slice(1 + account.length) : pathname,
    container: container || undefined,
    blob: blob || undefined,
    query,
    headers,
    client,
  };
}

/** https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata */
function isContainerName(name: string): boolean {
  return /^(?:\$root|\$web|[a-z0-9][a-z0-9-]{1,61}[a-z0-9])$/.test(name);
}

/** Where it is not, Azurite fails on some operations, and the URL parser puts U+FFFD. */
function isEncoded(search: string): boolean {
  try {
    return decodeURIComponent(search) !== undefined;
  } catch {
    return false;
  }
}

function invalid(code: string, message: string): StorageError {
  return new StorageError(400, code, message);
}

/** The storage account of that name. On Azure an unknown account has no address at all; path style must answer. */
export function requireAccount(state: State, name: string): Resource {
  const account = [...state.resources.values()].find(
    (resource) => resource.type === "Microsoft.Storage/storageAccounts" && resource.name === name,
  );
  if (account !== undefined) return account;
  throw new StorageError(404, "ResourceNotFound", "The specified resource does not exist.");
}

const MAX_CHARACTERS = 1024;
const MAX_SEGMENTS = 254;

/**
 * Throws for the name of a blob, as it stands in an address, that no blob can have
 * (https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata, "Blob
 * names"). The codes are unverified; that control characters are refused follows from List Blobs, which has to encode
 * U+FFFE and U+FFFF alone for its XML. Those two Azurite cannot list.
 */
function requireBlobName(encoded: string): void {
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
