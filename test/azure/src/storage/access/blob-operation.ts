import type { BlobRequest } from "../engine/blob-request.ts";
import {
  action,
  type BlobOperation,
  blobPermission,
  type BlobPermission,
  dataAction,
  writing,
} from "./blob-permission.ts";
import { signatureParameters } from "./string-to-sign.ts";

/** What tells one operation from another. */
type Asked = Pick<BlobRequest, "method" | "container" | "blob" | "query" | "headers">;

/**
 * Permission by operation: level, method, `restype` and `comp`
 * (https://learn.microsoft.com/rest/api/storageservices/authorize-with-azure-active-directory, "Permissions for calling
 * data operations"; letters as in "Create a user delegation SAS", "Specify permissions"). An operation that is not listed
 * is not emulated.
 */
const operations: Readonly<Record<string, BlobOperation>> = {
  "account GET - list": action("containers/read"),
  "account GET service properties": action("read"),
  "account PUT service properties": action("write"),
  "account POST service userdelegationkey": action("generateUserDelegationKey/action"),
  "account GET account properties": action("getInfo/action"),
  "account HEAD account properties": action("getInfo/action"),
  "account GET - blobs": dataAction("filter/action", ""),
  "account POST - batch": action("containers/write"),
  // The official client takes the account in a path-style address for a container.
  "account POST container batch": action("containers/write"),
  "container GET account properties": action("getInfo/action"),
  "container HEAD account properties": action("getInfo/action"),
  "container PUT container -": action("containers/write"),
  "container GET container -": action("containers/read"),
  "container HEAD container -": action("containers/read"),
  "container DELETE container -": action("containers/delete"),
  "container GET container metadata": action("containers/read"),
  "container HEAD container metadata": action("containers/read"),
  "container PUT container metadata": action("containers/write"),
  "container PUT container lease": action("containers/write"),
  "container GET container acl": action("containers/getAcl/action"),
  "container HEAD container acl": action("containers/getAcl/action"),
  "container PUT container acl": action("containers/setAcl/action"),
  "container GET container list": dataAction("read", "l"),
  "container GET container blobs": dataAction("filter/action", "f"),
  "container POST container batch": action("containers/write"),
  "blob GET account properties": action("getInfo/action"),
  "blob HEAD account properties": action("getInfo/action"),
  "blob GET - -": dataAction("read", "r"),
  "blob HEAD - -": dataAction("read", "r"),
  "blob GET - metadata": dataAction("read", "r"),
  "blob HEAD - metadata": dataAction("read", "r"),
  "blob GET - blocklist": dataAction("read", "r"),
  "blob GET - pagelist": dataAction("read", "r"),
  "blob GET - tags": dataAction("tags/read", "t"),
  "blob PUT - tags": dataAction("tags/write", "t"),
  "blob PUT - -": writing("c"),
  "blob PUT - block": dataAction("write", "w"),
  "blob PUT - blocklist": dataAction("write", "w"),
  "blob PUT - page": dataAction("write", "w"),
  "blob PUT - appendblock": writing("a"),
  "blob PUT - properties": dataAction("write", "w"),
  "blob PUT - metadata": dataAction("write", "w"),
  "blob PUT - tier": dataAction("write", "w"),
  "blob PUT - lease": dataAction("write", "w"),
  "blob PUT - snapshot": writing("c"),
  "blob PUT - copy": dataAction("write", "w"),
  "blob DELETE - -": dataAction("delete", "d"),
};

/**
 * Headers that ask for more than the table knows: the source's tags and lease, the client's own encryption, immutability, a
 * checksummed framing of the body, a checksum of a range. Azurite refuses some by 500 and ignores others.
 */
const beyond = [
  "x-ms-copy-source-tag-option",
  "x-ms-source-content-crc64",
  "x-ms-source-encryption-key",
  "x-ms-source-lease-id",
  "x-ms-encryption-key",
  "x-ms-encryption-scope",
  "x-ms-immutability-policy-until-date",
  "x-ms-legal-hold",
  "x-ms-structured-body",
  "x-ms-range-get-content-crc64",
];

/** Every parameter that the table's operations take; Azurite must not find a meaning in one that was not looked at. */
const parameters = [
  "restype",
  "comp",
  "timeout",
  "snapshot",
  "blockid",
  "blocklisttype",
  "prefix",
  "delimiter",
  "marker",
  "maxresults",
  "include",
  "showonly",
  "copyid",
  "where",
  "startFrom",
  "endBefore",
];

/** The permissions that a request needs, undefined for an operation that is not emulated. */
export function findOperation(request: Asked): BlobOperation | undefined {
  const { method, query, headers } = request;
  if (beyond.some((name) => headers.has(name)) || isPageBlobResize(request)) return undefined;
  if (headers.has("x-ms-if-tags") && !evaluatesTags(request)) return undefined;
  if (["range", "x-ms-range"].some((name) => !isRangeHeader(headers.get(name)))) return undefined;
  const known = query.has("sig") ? [...parameters, ...signatureParameters] : parameters;
  if ([...query.keys()].some((name) => !known.includes(name))) return undefined;
  if (/versions|deleted/i.test(query.get("include") ?? "")) return undefined;
  const level =
    request.container === undefined ? "account" : request.blob === undefined ? "container" : "blob";
  const key = `${level} ${method} ${query.get("restype") ?? "-"} ${query.get("comp") ?? "-"}`;
  if (headers.has("x-ms-copy-source") && !takesSource(key, headers)) return undefined;
  const operation = operations[key];
  return operation && { ...operation, also: tagPermissions(request) };
}

/** Writing or reading tags along with something else needs the permission to do it alone. */
function tagPermissions({ query, headers }: Asked): BlobPermission[] {
  const writes = headers.has("x-ms-tags") ? [blobPermission("tags/write", "t")] : [];
  const reads = /tags/i.test(query.get("include") ?? "") ? [blobPermission("tags/read", "t")] : [];
  return [...writes, ...reads];
}

/** Copies, block blobs, and parts of blobs of each type. */
function takesSource(key: string, headers: Headers): boolean {
  const type = headers.get("x-ms-blob-type") ?? "BlockBlob";
  if (key === "blob PUT - -") return type === "BlockBlob";
  return ["blob PUT - block", "blob PUT - page", "blob PUT - appendblock"].includes(key);
}

/**
 * Azurite forgets the condition on tags where it sets them or a tier, and beside another condition on what is written
 * (https://learn.microsoft.com/azure/storage/blobs/storage-manage-find-blobs, "Conditional blob operations": all must hold).
 */
function evaluatesTags({ method, query, headers }: Asked): boolean {
  if (method === "GET" || method === "HEAD") return true;
  const others = ["if-match", "if-none-match", "if-modified-since", "if-unmodified-since"];
  const comp = query.get("comp") ?? "";
  return !["tags", "tier"].includes(comp) && !others.some((name) => headers.has(name));
}

/** Azurite answers 500 to it. */
function isPageBlobResize({ query, headers }: Asked): boolean {
  return query.get("comp") === "properties" && headers.has("x-ms-blob-content-length");
}

/**
 * Whether a Range header, if there is one, has a form of
 * https://learn.microsoft.com/rest/api/storageservices/specifying-the-range-header-for-blob-service-operations. What Azure
 * makes of others, such as several ranges or the last bytes, is not known, and Azurite fails on them.
 */
function isRangeHeader(value: string | null): boolean {
  if (value === null) return true;
  const [, start, end] = /^bytes=(\d+)-(\d*)$/.exec(value) ?? [];
  return start !== undefined && (end === "" || Number(start) <= Number(end));
}
