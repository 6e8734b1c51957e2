import { textOf } from "../../grpc/properties.ts";
import { armResource } from "./arm-resource.ts";
import { callOptions } from "./clients.ts";

/** storage:BlobServiceProperties. Every account has exactly one, named "default". */
export const blobServiceProperties = armResource({
  apiVersion: "2024-01-01",
  required: ["accountName", "resourceGroupName"],
  optional: [
    "blobServicesName",
    "automaticSnapshotPolicyEnabled",
    "changeFeed",
    "containerDeleteRetentionPolicy",
    "cors",
    "defaultServiceVersion",
    "deleteRetentionPolicy",
    "isVersioningEnabled",
    "lastAccessTimeTrackingPolicy",
    "restorePolicy",
  ],
  outputs: ["sku"],
  replaceOn: ["accountName", "resourceGroupName", "blobServicesName"],
  autoname: { input: "blobServicesName", generate: () => "default" },
  resetTo: {},
  pathInputs: ["accountName", "resourceGroupName", "blobServicesName"],
  id: ({ subscriptionId }, inputs) =>
    `/subscriptions/${subscriptionId}/resourceGroups/${textOf(inputs, "resourceGroupName")}/providers/Microsoft.Storage/storageAccounts/${textOf(inputs, "accountName")}/blobServices/default`,
  get: async (manager, names) =>
    (await manager.storage()).blobServices.getServiceProperties(
      names("resourceGroups"),
      names("storageAccounts"),
      callOptions(manager),
    ),
  put: async (manager, names, body) =>
    (await manager.storage()).blobServices.setServiceProperties(
      names("resourceGroups"),
      names("storageAccounts"),
      body,
      callOptions(manager),
    ),
});
