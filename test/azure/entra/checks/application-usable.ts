import type { Azure } from "../../azure.ts";
import { findApplication } from "../../directory.ts";
import type { Application } from "../../state.ts";
import { EntraRefusal } from "../entra-refusal.ts";

/**
 * The client is an application of this tenant, or a multitenant one of another
 * (learn.microsoft.com/entra/identity-platform/single-and-multi-tenant-apps). AADSTS700016, text observed; that a
 * single-tenant application elsewhere is reported so is unverified.
 */
export function requireUsableApplication(
  azure: Azure,
  clientId: string,
  tenantId: string,
): Application {
  const application = findApplication(azure.state, clientId);
  if (application?.tenantId === tenantId) return application;
  if (application?.signInAudience === "AzureADMultipleOrgs") return application;
  throw new EntraRefusal(
    700016,
    400,
    "unauthorized_client",
    `Application with identifier '${clientId}' was not found in the directory '${tenantId}'. This can happen if the ` +
      "application has not been installed by the administrator of the tenant or consented to by any user in the tenant. " +
      "You may have sent your authentication request to the wrong tenant.",
  );
}
