import { textOf } from "../../grpc/properties.ts";
import { nameWithHex } from "../protocol/automatic-name.ts";
import { armResource } from "./arm-resource.ts";
import { callOptions } from "./clients.ts";

/** storage:BlobContainer, through Resource Manager: it needs no key and no data role. */
export const blobContainer = armResource({
  apiVersion: "2024-01-01",
  required: ["accountName", "resourceGroupName"],
  optional: ["containerName", "publicAccess", "metadata", "denyEncryptionScopeOverride"],
  outputs: [
    "deleted",
    "deletedTime",
    "etag",
    "hasImmutabilityPolicy",
    "hasLegalHold",
    "immutabilityPolicy",
    "lastModifiedTime",
    "leaseDuration",
    "leaseState",
    "leaseStatus",
    "legalHold",
    "remainingRetentionDays",
    "version",
  ],
  replaceOn: ["accountName", "resourceGroupName", "containerName"],
  autoname: nameWithHex("containerName"),
  pathInputs: ["accountName", "resourceGroupName", "containerName"],
  id: ({ subscriptionId }, inputs) =>
    `/subscriptions/${subscriptionId}/resourceGroups/${textOf(inputs, "resourceGroupName")}/providers/Microsoft.Storage/storageAccounts/${textOf(inputs, "accountName")}/blobServices/default/containers/${textOf(inputs, "containerName")}`,
  get: async (manager, names) =>
    (await manager.storage()).blobContainers.get(
      names("resourceGroups"),
      names("storageAccounts"),
      names("containers"),
      callOptions(manager),
    ),
  put: async (manager, names, body) =>
    (await manager.storage()).blobContainers.create(
      names("resourceGroups"),
      names("storageAccounts"),
      names("containers"),
      body,
      callOptions(manager),
    ),
  delete: async (manager, names) =>
    (await manager.storage()).blobContainers.delete(
      names("resourceGroups"),
      names("storageAccounts"),
      names("containers"),
      callOptions(manager),
    ),
});
