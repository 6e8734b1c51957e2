import type { Azure } from "../../service/azure.ts";
import { isAllowed } from "../../world/access/access.ts";
import { StorageError } from "../engine/errors.ts";
import type { BlobAccess, BlobOperation, BlobPermission } from "./blob-permission.ts";

/** `adding`: nothing that is there may be replaced. */
export type BlobGrant = "full" | "adding";

/**
 * How far a role, and a signature where there is one, allow an operation at the account or the container that it is
 * about. Throws when they do not: a signature never gives more than its maker's role, nor more than its `sp`.
 */
export function authorizeBlobRequest(
  azure: Azure,
  access: BlobAccess,
  { permission, adding, also }: BlobOperation,
  scope: string,
): BlobGrant {
  const { signed = "" } = access;
  const byRole = ({ kind, operation }: BlobPermission) =>
    isAllowed(azure, access, kind, operation, scope);
  const bySignature = (letters: string) =>
    access.signed === undefined || letters.split("").some((letter) => signed.includes(letter));
  if (also.every((needed) => byRole(needed) && bySignature(needed.letters))) {
    if (byRole(permission) && bySignature(permission.letters)) return "full";
    const may = adding !== undefined && (byRole(permission) || byRole(adding));
    if (may && bySignature(permission.letters + adding.letters)) return "adding";
  }
  // What no signature can grant, such as a container's properties (observed: github.com/restic/restic/issues/4004).
  if (access.signed !== undefined && permission.letters === "")
    throw new StorageError(
      403,
      "AuthorizationFailure",
      "This request is not authorized to perform this operation.",
    );
  throw new StorageError(
    403,
    "AuthorizationPermissionMismatch",
    "This request is not authorized to perform this operation using this permission.",
  );
}
