import { textOf } from "../../grpc/properties.ts";
import { nameWithHex } from "../protocol/automatic-name.ts";
import { armResource } from "./arm-resource.ts";
import { callOptions } from "./clients.ts";
import { defaultLocation } from "./default-location.ts";

/** storage:StorageAccount. */
export const storageAccount = armResource({
  apiVersion: "2024-01-01",
  required: ["kind", "location", "resourceGroupName", "sku"],
  optional: [
    "accountName",
    "accessTier",
    "allowBlobPublicAccess",
    "allowCrossTenantReplication",
    "allowSharedKeyAccess",
    "defaultToOAuthAuthentication",
    "enableHttpsTrafficOnly",
    "isHnsEnabled",
    "isLocalUserEnabled",
    "isSftpEnabled",
    "minimumTlsVersion",
    "networkRuleSet",
    "publicNetworkAccess",
    "tags",
  ],
  outputs: [
    "accountMigrationInProgress",
    "blobRestoreStatus",
    "creationTime",
    "customDomain",
    "encryption",
    "failoverInProgress",
    "geoReplicationStats",
    "isSkuConversionBlocked",
    "keyCreationTime",
    "keyPolicy",
    "lastGeoFailoverTime",
    "primaryEndpoints",
    "primaryLocation",
    "privateEndpointConnections",
    "provisioningState",
    "sasPolicy",
    "secondaryEndpoints",
    "secondaryLocation",
    "statusOfPrimary",
    "statusOfSecondary",
  ],
  replaceOn: ["resourceGroupName", "accountName", "location", "isHnsEnabled"],
  autoname: nameWithHex("accountName"),
  defaults: defaultLocation,
  pathInputs: ["resourceGroupName", "accountName"],
  id: ({ subscriptionId }, inputs) =>
    `/subscriptions/${subscriptionId}/resourceGroups/${textOf(inputs, "resourceGroupName")}/providers/Microsoft.Storage/storageAccounts/${textOf(inputs, "accountName")}`,
  get: async (manager, names) =>
    (await manager.storage()).storageAccounts.getProperties(
      names("resourceGroups"),
      names("storageAccounts"),
      callOptions(manager),
    ),
  put: async (manager, names, body) =>
    (await manager.storage()).storageAccounts.create(
      names("resourceGroups"),
      names("storageAccounts"),
      body,
      callOptions(manager),
    ),
  delete: async (manager, names) =>
    (await manager.storage()).storageAccounts.delete(
      names("resourceGroups"),
      names("storageAccounts"),
      callOptions(manager),
    ),
});
