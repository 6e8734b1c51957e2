/** A permission that a principal needs at the account or the container, as Azure RBAC names it. */
export interface BlobPermission {
  readonly kind: "action" | "dataAction";
  readonly operation: string;
  /** Any of these in a signature's `sp` grants it; none is what no signature can grant. */
  readonly letters: string;
}

/** What an operation takes. */
export interface BlobOperation {
  readonly permission: BlobPermission;
  /** Is enough where nothing that is there is changed: to write a new blob, to append, to make a snapshot. */
  readonly adding?: BlobPermission;
  /** Needed besides, because of headers or parameters. */
  readonly also: readonly BlobPermission[];
}

const service = "Microsoft.Storage/storageAccounts/blobServices";

/** Below `blobServices`, such as `containers/read`. Signatures of a container or a blob grant none of these. */
export function action(name: string): BlobOperation {
  return {
    permission: { kind: "action", operation: `${service}/${name}`, letters: "" },
    also: [],
  };
}

/** Below `blobServices/containers/blobs`, such as `read`. */
export function dataAction(name: string, letters: string): BlobOperation {
  return { permission: blobPermission(name, letters), also: [] };
}

/** Writing, and adding where it is enough, which the letters `adding` grant too. */
export function writing(adding: string): BlobOperation {
  return {
    permission: blobPermission("write", "w"),
    adding: blobPermission("add/action", adding),
    also: [],
  };
}

/** A data action on blobs by its last name, and the letters of a signature that stand for it. */
export function blobPermission(name: string, letters: string): BlobPermission {
  return { kind: "dataAction", operation: `${service}/containers/blobs/${name}`, letters };
}

/** On whose behalf a request is made, and what a signature lets of that person's rights. */
export interface BlobAccess {
  readonly tenantId: string;
  /** The service principal in that tenant: the caller, or who the user delegation key was issued to. */
  readonly objectId: string;
  /** `sp` of the signature; undefined for a token, which takes nothing away. */
  readonly signed?: string;
}
