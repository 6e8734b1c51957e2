import type { Azure } from "../../service/azure.ts";
import { findApplication } from "../../world/directory/directory.ts";
import { EntraRefusal } from "./entra-refusal.ts";
import type { TokenRequest } from "./form-complete.ts";
import { isSharedTenantName } from "./tenant-known.ts";

/**
 * A client credentials request names its one tenant; /common and /organizations name none
 * (v2-oauth2-client-creds-grant-flow, `tenant`). AADSTS50194 for a single-tenant application, text observed; AADSTS50059
 * from the error codes reference otherwise, its use here is unverified.
 */
export function requireNamedTenant(azure: Azure, { tenant, form }: TokenRequest): void {
  if (!isSharedTenantName(tenant)) return;
  const application = findApplication(azure.state, form.get("client_id") ?? "");
  if (application?.signInAudience === "AzureADMyOrg") {
    throw new EntraRefusal(
      50194,
      400,
      "invalid_request",
      `Application '${application.appId}'(${application.displayName}) is not configured as a multi-tenant application. ` +
        "Usage of the /common endpoint is not supported for such apps created after '10/15/2018'. Use a tenant-specific " +
        "endpoint or configure the application to be multi-tenant.",
    );
  }
  throw new EntraRefusal(
    50059,
    400,
    "invalid_request",
    "No tenant-identifying information found in either the request or implied by any provided credentials.",
  );
}
