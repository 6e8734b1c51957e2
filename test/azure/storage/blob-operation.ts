/** What a Blob storage request is about, read from its path and query. */
export interface BlobRequest {
  readonly method: string;
  readonly account: string;
  /** Undefined for the account itself. */
  readonly container: string | undefined;
  /** Still percent-encoded; undefined for the container itself. */
  readonly blob: string | undefined;
  readonly query: URLSearchParams;
  readonly headers: Headers;
}

/** A permission that a principal needs at the account or the container, as Azure RBAC names it. */
export interface BlobPermission {
  readonly kind: "action" | "dataAction";
  readonly operation: string;
}

const service = "Microsoft.Storage/storageAccounts/blobServices";
const container = `${service}/containers`;

/**
 * Permission by operation: level, method, `restype` and `comp`
 * (https://learn.microsoft.com/rest/api/storageservices/authorize-with-azure-active-directory, "Permissions for calling
 * data operations"). An operation that is not listed is not emulated.
 */
const permissions: Readonly<Record<string, BlobPermission>> = {
  "account GET - list": action(`${container}/read`),
  "account GET service properties": action(`${service}/read`),
  "account PUT service properties": action(`${service}/write`),
  "container PUT container -": action(`${container}/write`),
  "container GET container -": action(`${container}/read`),
  "container HEAD container -": action(`${container}/read`),
  "container DELETE container -": action(`${container}/delete`),
  "container GET container metadata": action(`${container}/read`),
  "container HEAD container metadata": action(`${container}/read`),
  "container PUT container metadata": action(`${container}/write`),
  "container PUT container lease": action(`${container}/write`),
  "container GET container list": dataAction("read"),
  "blob GET - -": dataAction("read"),
  "blob HEAD - -": dataAction("read"),
  "blob GET - metadata": dataAction("read"),
  "blob HEAD - metadata": dataAction("read"),
  "blob GET - blocklist": dataAction("read"),
  "blob GET - pagelist": dataAction("read"),
  "blob GET - tags": dataAction("tags/read"),
  "blob PUT - tags": dataAction("tags/write"),
  "blob PUT - -": dataAction("write"),
  "blob PUT - block": dataAction("write"),
  "blob PUT - blocklist": dataAction("write"),
  "blob PUT - page": dataAction("write"),
  "blob PUT - appendblock": dataAction("write"),
  "blob PUT - properties": dataAction("write"),
  "blob PUT - metadata": dataAction("write"),
  "blob PUT - tier": dataAction("write"),
  "blob PUT - lease": dataAction("write"),
  "blob PUT - snapshot": dataAction("write"),
  "blob DELETE - -": dataAction("delete"),
};

/**
 * Headers that ask for more than the table knows: another blob as source, public access, tags, the client's own encryption,
 * immutability, a checksummed framing of the body. Azurite refuses some by 500 and ignores others.
 */
const beyond = [
  "x-ms-copy-source",
  "x-ms-blob-public-access",
  "x-ms-if-tags",
  "x-ms-tags",
  "x-ms-encryption-key",
  "x-ms-encryption-scope",
  "x-ms-immutability-policy-until-date",
  "x-ms-legal-hold",
  "x-ms-structured-body",
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
];

/** The permission that a request needs, undefined for an operation that is not emulated. */
export function requiredPermission(request: BlobRequest): BlobPermission | undefined {
  const { method, query, headers } = request;
  if (beyond.some((name) => headers.has(name)) || isPageBlobResize(request)) return undefined;
  if ([...query.keys()].some((name) => !parameters.includes(name))) return undefined;
  if (/tags|versions|deleted/i.test(query.get("include") ?? "")) return undefined;
  const level =
    request.container === undefined ? "account" : request.blob === undefined ? "container" : "blob";
  return permissions[
    `${level} ${method} ${query.get("restype") ?? "-"} ${query.get("comp") ?? "-"}`
  ];
}

/** Azurite answers 500 to it. */
function isPageBlobResize({ query, headers }: BlobRequest): boolean {
  return query.get("comp") === "properties" && headers.has("x-ms-blob-content-length");
}

function action(operation: string): BlobPermission {
  return { kind: "action", operation };
}

function dataAction(name: string): BlobPermission {
  return { kind: "dataAction", operation: `${container}/blobs/${name}` };
}
