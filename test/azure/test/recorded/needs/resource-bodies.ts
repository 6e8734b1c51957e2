import type { JsonObject } from "../../../src/base/json.ts";
import { field, given } from "./documents.ts";
import { envelope, machine, site } from "./host-bodies.ts";
import { assignmentBody } from "./role-assignments.ts";

/** How a resource of one type is made so that it is as a recorded document shows it; undefined document: as one likes. */
export interface ResourceBody {
  readonly apiVersion: string;
  readonly body: (document: JsonObject | undefined) => JsonObject;
}

/** By type in lower case. */
export const resourceBodies: Readonly<Record<string, ResourceBody>> = {
  "microsoft.managedidentity/userassignedidentities": {
    apiVersion: "2023-01-31",
    body: envelope,
  },
  "microsoft.managedidentity/userassignedidentities/federatedidentitycredentials": {
    apiVersion: "2023-01-31",
    body: (document) => ({
      properties: {
        issuer: "https://issuer.example",
        subject: "subject",
        audiences: ["api://AzureADTokenExchange"],
        ...given(document?.["properties"], ["issuer", "subject", "audiences"]),
      },
    }),
  },
  "microsoft.web/serverfarms": {
    apiVersion: "2022-03-01",
    body: (document) => ({
      ...envelope(document),
      ...given(document, ["kind"]),
      sku: { name: "S1", ...given(document?.["sku"], ["name", "capacity"]) },
      properties: given(document?.["properties"], ["reserved"]),
    }),
  },
  "microsoft.web/sites": { apiVersion: "2022-03-01", body: site },
  "microsoft.storage/storageaccounts": { apiVersion: "2022-09-01", body: storageAccount },
  "microsoft.storage/storageaccounts/blobservices": {
    apiVersion: "2022-09-01",
    body: (document) => ({
      properties: given(document?.["properties"], [
        "deleteRetentionPolicy",
        "containerDeleteRetentionPolicy",
      ]),
    }),
  },
  "microsoft.storage/storageaccounts/blobservices/containers": {
    apiVersion: "2022-09-01",
    body: (document) => ({
      properties: given(document?.["properties"], ["metadata"]),
    }),
  },
  "microsoft.keyvault/vaults": { apiVersion: "2023-02-01", body: vault },
  "microsoft.compute/virtualmachines": { apiVersion: "2022-11-01", body: machine },
  "microsoft.authorization/roleassignments": { apiVersion: "2022-04-01", body: assignmentBody },
  "microsoft.authorization/roledefinitions": {
    apiVersion: "2022-04-01",
    body: () => ({
      properties: {
        roleName: "recorded",
        type: "CustomRole",
        assignableScopes: ["/subscriptions/{subscription}"],
        permissions: [{ actions: ["Microsoft.Resources/subscriptions/read"] }],
      },
    }),
  },
  "microsoft.resources/tags": {
    apiVersion: "2022-09-01",
    body: (document) => ({ properties: given(document?.["properties"], ["tags"]) }),
  },
  "microsoft.authorization/locks": {
    apiVersion: "2016-09-01",
    body: (document) => ({
      properties: {
        level: "CanNotDelete",
        ...given(document?.["properties"], ["level", "notes"]),
      },
    }),
  },
};

function storageAccount(document: JsonObject | undefined): JsonObject {
  return {
    ...envelope(document),
    kind: document?.["kind"] ?? "StorageV2",
    sku: { name: "Standard_LRS", ...given(document?.["sku"], ["name"]) },
    properties: given(document?.["properties"], [
      "accessTier",
      "minimumTlsVersion",
      "allowBlobPublicAccess",
      "allowSharedKeyAccess",
      "allowCrossTenantReplication",
      "defaultToOAuthAuthentication",
      "publicNetworkAccess",
      "supportsHttpsTrafficOnly",
      "networkAcls",
      "keyPolicy",
    ]),
  };
}

function vault(document: JsonObject | undefined): JsonObject {
  const properties = document?.["properties"];
  return {
    ...envelope(document),
    properties: {
      ...given(properties, [
        "enabledForDeployment",
        "enabledForDiskEncryption",
        "enabledForTemplateDeployment",
        "softDeleteRetentionInDays",
        "enablePurgeProtection",
        "publicNetworkAccess",
        "accessPolicies",
        "networkAcls",
      ]),
      sku: { family: "A", name: "standard" },
      tenantId: field(properties, "tenantId") ?? "{tenant}",
      enableRbacAuthorization: true,
    },
  };
}
