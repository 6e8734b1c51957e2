import type { Azure } from "../../service/azure.ts";
import type { ServicePrincipal } from "../../world/directory-records.ts";
import { assignmentsBetween } from "../../world/directory/app-roles.ts";
import type { TokenResource } from "../../world/tokens/resources.ts";
import { EntraRefusal } from "./entra-refusal.ts";

/**
 * The tenant lets the client have tokens for an API: its service principal, where the tenant has one, is
 * enabled (AADSTS500014, text observed, status and `error` unverified) and wants no role where the client has none
 * (AADSTS501051, observed).
 */
export function requireUsableResource(
  azure: Azure,
  { name, principal: resource }: TokenResource,
  client: ServicePrincipal,
): void {
  if (resource === undefined) return;
  if (!resource.accountEnabled)
    throw new EntraRefusal(
      500014,
      400,
      "invalid_resource",
      `The service principal for resource '${resource.appId}' is disabled. This indicate that a subscription within the ` +
        "tenant has lapsed, or that the administrator for this tenant has disabled the application, preventing tokens from " +
        "being issued for it.",
    );
  if (resource.settings["appRoleAssignmentRequired"] !== true) return;
  if (name === "graph" && client.graphPermissions.length > 0) return;
  if (assignmentsBetween(azure, client, resource).length > 0) return;
  throw new EntraRefusal(
    501051,
    400,
    "invalid_grant",
    `Application '${client.appId}'(${client.displayName}) is not assigned to a role for the application ` +
      `'${resource.appId}'(${resource.displayName}).`,
  );
}
