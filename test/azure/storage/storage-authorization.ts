import { isAllowed } from "../access.ts";
import type { Azure } from "../azure.ts";
import type { Caller } from "../bearer.ts";
import { isJsonObject } from "../resource-manager/json-object.ts";
import type { Resource } from "../state.ts";
import type { BlobPermission } from "./blob-operation.ts";
import { StorageError } from "./storage-error.ts";

/** Throws unless the caller has the permission at the account or the container that the request is about. */
export function authorizeBlobRequest(
  azure: Azure,
  caller: Caller,
  { kind, operation }: BlobPermission,
  scope: string,
): void {
  if (isAllowed(azure, caller, kind, operation, scope)) return;
  throw new StorageError(
    403,
    "AuthorizationPermissionMismatch",
    "This request is not authorized to perform this operation using this permission.",
  );
}

/** Throws for an account that takes no requests from the public network, which is the only network here. */
export function requirePublicNetwork({ properties }: Resource): void {
  const { publicNetworkAccess, networkAcls } = properties;
  const defaultAction = isJsonObject(networkAcls) ? networkAcls["defaultAction"] : undefined;
  const open =
    (publicNetworkAccess ?? "Enabled") === "Enabled" && (defaultAction ?? "Allow") === "Allow";
  if (open) return;
  throw new StorageError(
    403,
    "AuthorizationFailure",
    "This request is not authorized to perform this operation.",
  );
}
