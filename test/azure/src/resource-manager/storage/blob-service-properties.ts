import {
  booleanField,
  integerField,
  type JsonObject,
  objectField,
  objectListField,
} from "../../base/json.ts";
import { ManagementError } from "../engine/errors.ts";

/**
 * Throws for days of soft delete that are not 1 to 365 (rest/api/storagerp/blob-services/set-service-properties,
 * "DeleteRetentionPolicy"). An enabled policy of containers goes without days, and with 0 (Azure/azure-cli issue 28450); a
 * policy that is not enabled may say any.
 */
export function requireRetentionPolicies(properties: JsonObject): void {
  requirePolicy(properties, "deleteRetentionPolicy", []);
  requirePolicy(properties, "containerDeleteRetentionPolicy", [undefined, 0]);
}

/** Observed for `restorePolicy` (Azure/arm-template-whatif issue 354); that these are refused in such words is unverified. */
function requirePolicy(
  properties: JsonObject,
  name: string,
  alsoTaken: readonly (number | undefined)[],
): void {
  const policy = objectField(properties, name);
  const days = integerField(policy, "days");
  if (booleanField(policy, "enabled") !== true || alsoTaken.includes(days)) return;
  if (days !== undefined && days >= 1 && days <= 365) return;
  throw new ManagementError(
    400,
    "InvalidValuesForRequestParameters",
    `Values for properties.${name}.days is invalid: ${days ?? "null"}. It should be between 1 and 365.`,
  );
}

/**
 * Throws 501 for properties of the blob service that turn on what Blob storage does not do here: kept without effect, they
 * would promise versions, a feed or an origin's access that never come. Turned off, as tools send them, they are let pass
 * (https://learn.microsoft.com/rest/api/storagerp/blob-services/set-service-properties).
 */
export function refuseBlobFeatures(properties: JsonObject): void {
  const turnedOn = Object.entries(features).filter(([, isOn]) => isOn(properties));
  if (turnedOn.length === 0) return;
  const names = turnedOn.map(([name]) => `'${name}'`).join(", ");
  throw new ManagementError(
    501,
    "NotImplemented",
    `${names} of 'Microsoft.Storage/storageAccounts/blobServices' is not emulated; leave it out or turn it off`,
  );
}

const features: Readonly<Record<string, (properties: JsonObject) => boolean>> = {
  automaticSnapshotPolicyEnabled: (given) => given["automaticSnapshotPolicyEnabled"] === true,
  changeFeed: (given) => objectField(given, "changeFeed")["enabled"] === true,
  cors: (given) => (objectListField(objectField(given, "cors"), "corsRules") ?? []).length > 0,
  defaultServiceVersion: (given) => (given["defaultServiceVersion"] ?? "") !== "",
  isVersioningEnabled: (given) => given["isVersioningEnabled"] === true,
  lastAccessTimeTrackingPolicy: (given) =>
    objectField(given, "lastAccessTimeTrackingPolicy")["enable"] === true,
  restorePolicy: (given) => objectField(given, "restorePolicy")["enabled"] === true,
  staticWebsite: (given) => objectField(given, "staticWebsite")["enabled"] === true,
};
