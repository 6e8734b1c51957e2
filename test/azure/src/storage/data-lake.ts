import type { Azure } from "../service/azure.ts";
import type { Resource } from "../world/resource-records.ts";
import { type BlobAccess, dataAction } from "./access/blob-permission.ts";
import { authorizeBlobRequest } from "./access/storage-authorization.ts";
import { scopeOf } from "./azurite/container-registry.ts";
import type { BlobRequest } from "./engine/blob-request.ts";
import { StorageError } from "./engine/errors.ts";

/**
 * What Data Lake Storage says of an account without a hierarchical namespace, which is every account here, when it is asked
 * for access control lists: by that answer clients find out that the account has none. Status and text are observed; the
 * code is the one that Apache Arrow looks for, and as Arrow's tests show, a missing container changes nothing. That a role is
 * needed first is unverified. All else is not emulated.
 */
export function refuseDataLake(
  azure: Azure,
  account: Resource,
  access: BlobAccess,
  request: BlobRequest,
): StorageError {
  const { method, container, query, path } = request;
  const action = query.get("action");
  if (method !== "HEAD" || container === undefined || action !== "getAccessControl")
    return new StorageError(
      501,
      "NotImplemented",
      `${method} /${account.name}${path} of Data Lake Storage is not emulated; use Blob storage`,
    );
  authorizeBlobRequest(azure, access, dataAction("read", "r"), scopeOf(account, request));
  return new StorageError(
    400,
    "HierarchicalNamespaceNotEnabled",
    "This operation is only supported on a hierarchical namespace account.",
  );
}
