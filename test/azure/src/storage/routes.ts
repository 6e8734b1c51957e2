import type { Route } from "../service/route.ts";

const account = "/{account}";
const container = `${account}/{container}`;
const blob = `${container}/{blob}`;
const restContainer = `${container}?restype=container`;

/** Operations of Blob storage, as blob-operation.ts decides on them. */
export const storageRoutes: readonly Route[] = [
  answered("GET", `${account}?comp=list`, "list-containers2"),
  answered("GET", `${account}?restype=service&comp=properties`, "get-blob-service-properties"),
  partly(
    "PUT",
    `${account}?restype=service&comp=properties`,
    "set-blob-service-properties",
    "soft delete, CORS, static website, logs and metrics, which are kept and not carried out; what Resource Manager has of it",
  ),
  partly("PUT", restContainer, "create-container", "public access"),
  answered("GET", restContainer, "get-container-properties"),
  answered("HEAD", restContainer, "get-container-properties"),
  answered("DELETE", restContainer, "delete-container"),
  answered("GET", `${restContainer}&comp=metadata`, "get-container-metadata"),
  answered("HEAD", `${restContainer}&comp=metadata`, "get-container-metadata"),
  answered("PUT", `${restContainer}&comp=metadata`, "set-container-metadata"),
  answered("PUT", `${restContainer}&comp=lease`, "lease-container"),
  partly("GET", `${restContainer}&comp=list`, "list-blobs", "versions, deleted blobs"),
  answered("GET", blob, "get-blob"),
  answered("HEAD", blob, "get-blob-properties"),
  answered("GET", `${blob}?comp=metadata`, "get-blob-metadata"),
  answered("HEAD", `${blob}?comp=metadata`, "get-blob-metadata"),
  answered("GET", `${blob}?comp=blocklist`, "get-block-list"),
  answered("GET", `${blob}?comp=pagelist`, "get-page-ranges"),
  answered("GET", `${blob}?comp=tags`, "get-blob-tags"),
  answered("PUT", `${blob}?comp=tags`, "set-blob-tags"),
  answered("PUT", blob, "put-blob"),
  answered("PUT", `${blob}?comp=block`, "put-block"),
  answered("PUT", `${blob}?comp=blocklist`, "put-block-list"),
  answered("PUT", `${blob}?comp=page`, "put-page"),
  answered("PUT", `${blob}?comp=appendblock`, "append-block"),
  partly("PUT", `${blob}?comp=properties`, "set-blob-properties", "another size of a page blob"),
  answered("PUT", `${blob}?comp=metadata`, "set-blob-metadata"),
  answered("PUT", `${blob}?comp=tier`, "set-blob-tier"),
  answered("PUT", `${blob}?comp=lease`, "lease-blob"),
  answered("PUT", `${blob}?comp=snapshot`, "snapshot-blob"),
  answered("DELETE", blob, "delete-blob"),
  answered("POST", `${account}?restype=service&comp=userdelegationkey`, "get-user-delegation-key"),
  answered("POST", `${account}?comp=batch`, "blob-batch"),
  answered("POST", `${account}?restype=container&comp=batch`, "blob-batch"),
  answered("POST", `${restContainer}&comp=batch`, "blob-batch"),
  answered("GET", `${account}?comp=blobs`, "find-blobs-by-tags"),
  ...[account, container, blob].flatMap((path) => [
    answered("GET", `${path}?restype=account&comp=properties`, "get-account-information"),
    answered("HEAD", `${path}?restype=account&comp=properties`, "get-account-information"),
  ]),
  refused("GET", `${account}?restype=service&comp=stats`, "get-blob-service-stats"),
  answered("GET", `${restContainer}&comp=acl`, "get-container-acl"),
  answered("HEAD", `${restContainer}&comp=acl`, "get-container-acl"),
  partly("PUT", `${restContainer}&comp=acl`, "set-container-acl", "public access"),
  refused("PUT", `${restContainer}&comp=undelete`, "restore-container"),
  answered("GET", `${restContainer}&comp=blobs`, "find-blobs-by-tags-container"),
  refused("PUT", `${blob}?comp=undelete`, "undelete-blob"),
  answered("PUT", `${blob}?comp=copy`, "abort-copy-blob"),
  refused("PUT", `${blob}?comp=incrementalcopy`, "incremental-copy-blob"),
  refused("PUT", `${blob}?comp=seal`, "append-blob-seal"),
  refused("POST", `${blob}?comp=query`, "query-blob-contents"),
  refused("PUT", `${blob}?comp=expiry`, "set-blob-expiry"),
  refused("PUT", `${blob}?comp=legalhold`, "set-blob-legal-hold"),
  refused("PUT", `${blob}?comp=immutabilityPolicies`, "set-blob-immutability-policy"),
];

const dataLake = "rest/api/storageservices/datalakestoragegen2";

/** Operations of Data Lake Storage, of which one is answered: that the account has no hierarchical namespace. */
export const dataLakeRoutes: readonly Route[] = [
  listAccess(container),
  listAccess(`${container}/{path}`),
  unanswered("GET", `${container}?resource=filesystem`, "path/list"),
  unanswered("PUT", `${container}?resource=filesystem`, "filesystem/create"),
  unanswered("PUT", `${container}/{path}?resource=file`, "path/create"),
  unanswered("PATCH", `${container}/{path}?action=append`, "path/update"),
];

function listAccess(path: string): Route {
  return {
    method: "HEAD",
    path: `${path}?action=getAccessControl`,
    supported: "partly",
    missing: "accounts with a hierarchical namespace, which none here has",
    document: `${dataLake}/path/get-properties`,
    verified: "observed",
  };
}

function unanswered(method: Route["method"], path: string, page: string): Route {
  return { method, path, supported: "no", document: `${dataLake}/${page}`, verified: "document" };
}

function answered(method: Route["method"], path: string, page: string): Route {
  return { method, path, supported: "yes", document: documentOf(page), verified: "document" };
}

function partly(method: Route["method"], path: string, page: string, missing: string): Route {
  return { ...answered(method, path, page), supported: "partly", missing };
}

function refused(method: Route["method"], path: string, page: string): Route {
  return { method, path, supported: "no", document: documentOf(page), verified: "document" };
}

function documentOf(page: string): string {
  return `rest/api/storageservices/${page}`;
}
