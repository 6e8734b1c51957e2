import { BlockList, isIPv4 } from "node:net";
import { isJsonObject, objectListField } from "../../base/json.ts";
import type { Resource } from "../../world/resource-records.ts";
import type { BlobRequest } from "../engine/blob-request.ts";
import { StorageError } from "../engine/errors.ts";

/**
 * Throws unless an account takes requests from an address: from any when its default action is to allow, else from those of
 * its IP rules (https://learn.microsoft.com/azure/storage/common/storage-network-security). Rules for virtual networks and
 * for Azure's own services admit nobody here.
 */
export function requireAdmitted({ properties }: Resource, client: string): void {
  const { publicNetworkAccess, networkAcls } = properties;
  const rules = isJsonObject(networkAcls) ? networkAcls : {};
  const isPublic = (publicNetworkAccess ?? "Enabled") === "Enabled";
  const open = (rules["defaultAction"] ?? "Allow") === "Allow";
  if (isPublic && (open || addresses(rules).check(client))) return;
  throw new StorageError(
    403,
    "AuthorizationFailure",
    "This request is not authorized to perform this operation.",
  );
}

/** IPv4 addresses and ranges in CIDR notation; what is neither admits nobody. */
function addresses(rules: Record<string, unknown>): BlockList {
  const list = new BlockList();
  for (const { value } of objectListField(rules, "ipRules") ?? []) {
    const [network = "", bits = "32"] = String(value).split("/");
    if (isIPv4(network) && /^(?:[12]?\d|3[0-2])$/.test(bits)) list.addSubnet(network, Number(bits));
  }
  return list;
}

/**
 * Throws for a container that anybody is to read: an account that does not allow it refuses so
 * (https://learn.microsoft.com/azure/storage/blobs/anonymous-read-access-prevent), and for one that does it is not emulated.
 */
export function refusePublicAccess({ properties }: Resource, { headers }: BlobRequest): void {
  if (!headers.has("x-ms-blob-public-access")) return;
  if (properties["allowBlobPublicAccess"] === true)
    throw new StorageError(501, "NotImplemented", "public access to a container is not emulated");
  throw new StorageError(
    409,
    "PublicAccessNotPermitted",
    "Public access is not permitted on this storage account.",
  );
}
