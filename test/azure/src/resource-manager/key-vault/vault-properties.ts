import { isJsonObject, type JsonObject } from "../../base/json.ts";
import { ManagementError } from "../engine/errors.ts";
import type { ManagementRequest } from "../engine/operation.ts";

/** From this API version on a new vault is one with Azure RBAC unless its body says otherwise (rest/api/keyvault, "2026-02-01"). */
const rbacByDefault = "2026-02-01";

/**
 * The properties of a vault as a PUT or PATCH leaves them. Throws what Azure says of values it refuses, and 501 for the
 * forms of vault that are not emulated: with access policies, without soft delete.
 */
export function vaultProperties(
  { query, tenant }: ManagementRequest,
  given: JsonObject,
  existing: JsonObject | undefined,
): JsonObject {
  const { createMode: _, ...written } = given;
  const version = query.get("api-version") ?? "";
  const properties: JsonObject = {
    ...defaults,
    ...(version >= rbacByDefault ? { enableRbacAuthorization: true } : {}),
    ...existing,
    ...written,
  };
  const { tenantId } = properties;
  if (typeof tenantId !== "string" || tenantId.toLowerCase() !== tenant.tenantId)
    throw invalid("tenantId");
  if (!isJsonObject(properties["sku"])) throw invalid("sku");
  requireRetention(properties["softDeleteRetentionInDays"], existing);
  if (written["enablePurgeProtection"] === false)
    throw badRequest(
      'The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a vault is an irreversible action.',
    );
  if (properties["enableSoftDelete"] !== true)
    throw notEmulated("a vault without soft delete, set enableSoftDelete to true");
  if (properties["enableRbacAuthorization"] !== true)
    throw notEmulated("a vault with access policies, set enableRbacAuthorization to true");
  return { ...properties, tenantId: tenant.tenantId, provisioningState: "Succeeded" };
}

/** What Azure answers for the properties that a body leaves out. */
const defaults: JsonObject = {
  accessPolicies: [],
  enabledForDeployment: false,
  enableSoftDelete: true,
  softDeleteRetentionInDays: 90,
  publicNetworkAccess: "Enabled",
};

function requireRetention(days: unknown, existing: JsonObject | undefined): void {
  if (typeof days !== "number" || !Number.isInteger(days) || days < 7 || days > 90)
    throw invalid("softDeleteRetentionInDays");
  if (existing === undefined || existing["softDeleteRetentionInDays"] === days) return;
  throw badRequest(
    'The property "softDeleteRetentionInDays" has been set already and it can\'t be modified.',
  );
}

/** Observed for `tenantId`; that the others are refused in the same words is unverified. */
function invalid(name: string): ManagementError {
  return badRequest(`An invalid value was provided for '${name}'.`);
}

function badRequest(message: string): ManagementError {
  return new ManagementError(400, "BadRequest", message);
}

function notEmulated(what: string): ManagementError {
  return new ManagementError(501, "NotImplemented", `not emulated: ${what}`);
}
