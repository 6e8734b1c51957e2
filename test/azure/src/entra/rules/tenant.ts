import { isGuid } from "../../base/guid.ts";
import type { Azure } from "../../service/azure.ts";
import { findApplication, findTenantId } from "../../world/directory/lookup.ts";
import { EntraError } from "./errors.ts";
import type { TokenRequest } from "./request.ts";

const DNS_NAME = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/i;

/**
 * The tenant that the path names by GUID or verified domain exists; returns its id. Unknown: AADSTS90002, text and status observed. Neither a GUID nor
 * a domain name: AADSTS900023, whose text is unverified.
 */
export function requireTenant(azure: Azure, tenant: string): string {
  const tenantId = findTenantId(azure.state, tenant);
  if (tenantId !== undefined) return tenantId;
  // A word without a dot is looked up as a name too (recorded for "tenant").
  if (!isGuid(tenant) && !DNS_NAME.test(tenant) && !/^[a-z0-9-]+$/i.test(tenant)) {
    throw new EntraError(
      900023,
      400,
      "invalid_request",
      `Specified tenant identifier '${tenant}' is neither a valid DNS name, nor a valid external domain.`,
    );
  }
  throw new EntraError(
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

/**
 * A client credentials request names its one tenant; /common and /organizations name none
 * (v2-oauth2-client-creds-grant-flow, `tenant`). AADSTS50194 for a single-tenant application, text observed; AADSTS50059
 * from the error codes reference otherwise, its use here is unverified.
 */
export function requireNamedTenant(azure: Azure, { tenant, form }: TokenRequest): void {
  if (!isSharedTenantName(tenant)) return;
  const application = findApplication(azure.state, form.get("client_id") ?? "");
  if (application?.signInAudience === "AzureADMyOrg") {
    throw new EntraError(
      50194,
      400,
      "invalid_request",
      `Application '${application.appId}'(${application.displayName}) is not configured as a multi-tenant application. ` +
        "Usage of the /common endpoint is not supported for such apps created after '10/15/2018'. Use a tenant-specific " +
        "endpoint or configure the application to be multi-tenant.",
    );
  }
  throw new EntraError(
    50059,
    400,
    "invalid_request",
    "No tenant-identifying information found in either the request or implied by any provided credentials.",
  );
}

/**
 * Instance discovery is asked about a login endpoint of this cloud; returns the tenant that the endpoint names. Codes
 * AADSTS50049 and AADSTS50050 from the error codes reference; `invalid_instance` observed, the use of 50050 unverified.
 */
export function requireKnownInstance(azure: Azure, query: URLSearchParams): string {
  const endpoint = query.get("authorization_endpoint") ?? "";
  if (!query.has("api-version") || !URL.canParse(endpoint)) {
    throw new EntraError(50050, 400, "invalid_request", "The request is malformed.");
  }
  const { origin, pathname } = new URL(endpoint);
  const tenant = pathname.split("/")[1];
  if (origin === new URL(azure.endpoints.login).origin && tenant) return tenant;
  throw new EntraError(50049, 400, "invalid_instance", "Unknown or invalid instance.");
}
