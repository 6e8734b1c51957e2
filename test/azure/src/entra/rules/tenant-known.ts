import { isGuid } from "../../base/guid.ts";
import type { Azure } from "../../service/azure.ts";
import { findTenantId } from "../../world/directory/directory.ts";
import { EntraRefusal } from "./entra-refusal.ts";

const DNS_NAME = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/i;

/**
 * The tenant that the path names by GUID or verified domain exists; returns its id. Unknown: AADSTS90002, text and status observed. Neither a GUID nor
 * a domain name: AADSTS900023, whose text is unverified.
 */
export function requireTenant(azure: Azure, tenant: string): string {
  const tenantId = findTenantId(azure.state, tenant);
  if (tenantId !== undefined) return tenantId;
  if (!isGuid(tenant) && !DNS_NAME.test(tenant)) {
    throw new EntraRefusal(
      900023,
      400,
      "invalid_request",
      `Specified tenant identifier '${tenant}' is neither a valid DNS name, nor a valid external domain.`,
    );
  }
  throw new EntraRefusal(
    90002,
    400,
    "invalid_tenant",
    `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct ` +
      "cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for " +
      "the tenant.",
  );
}

/** The path segments that stand for no tenant in particular (v2-protocols-oidc, "Find your app's OpenID configuration"). */
const SHARED_NAMES = ["common", "organizations"];

/** Whether a path names every tenant where a tenant's name stands. */
export function isSharedTenantName(name: string): boolean {
  return SHARED_NAMES.includes(name.toLowerCase());
}
