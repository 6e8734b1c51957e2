import { booleanField, integerField, type JsonObject, objectField } from "../../base/json.ts";
import { ManagementError } from "../engine/management-error.ts";

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
