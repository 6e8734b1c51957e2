import { isJsonObject } from "../../base/json.ts";
import type { Azure } from "../../service/azure.ts";
import type { Application, ServicePrincipal } from "../../world/directory-records.ts";
import { assignmentsBetween } from "../../world/directory/app-roles.ts";
import { findVisibleServicePrincipal } from "../../world/directory/lookup.ts";
import { findApi, type TokenApi } from "../../world/tokens/apis.ts";
import { firstPartyApplicationOf } from "../../world/tokens/first-party-applications.ts";
import { EntraError } from "./errors.ts";

/** A token is only issued for a resource that the tenant knows (error codes reference, AADSTS500011; text observed). */
export function requireResource(azure: Azure, identifier: string, tenantId: string): TokenApi {
  const resource =
    findFirstPartyResource(azure, identifier, tenantId) ??
    findApplicationResource(azure, identifier, tenantId);
  if (resource !== undefined) return resource;
  throw new EntraError(
    500011,
    400,
    "invalid_resource",
    `The resource principal named ${identifier} was not found in the tenant named ${tenantId}. ` +
      "This can happen if the application has not been installed by the administrator of the tenant or consented to " +
      "by any user in the tenant. You might have sent your authentication request to the wrong tenant.",
  );
}

/**
 * The tenant lets the client have tokens for an API: its service principal, where the tenant has one, is
 * enabled (AADSTS500014, text observed, status and `error` unverified) and wants no role where the client has none
 * (AADSTS501051, observed).
 */
export function requireUsableResource(
  azure: Azure,
  { name, principal: resource }: TokenApi,
  client: ServicePrincipal,
): void {
  if (resource === undefined) return;
  if (!resource.accountEnabled)
    throw new EntraError(
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
  throw new EntraError(
    501051,
    400,
    "invalid_grant",
    `Application '${client.appId}'(${client.displayName}) is not assigned to a role for the application ` +
      `'${resource.appId}'(${resource.displayName}).`,
  );
}

/**
 * The API of an application, by its application id or one of its `identifierUris`, where it has a service principal in the
 * tenant; undefined when there is none. Another tenant's application may have the same URI
 * (entra/identity-platform/howto-convert-app-to-be-multi-tenant). The application says which version its tokens have: in v2.0
 * the audience is its id, in v1.0 the name that was asked for (entra/identity-platform/access-token-claims-reference, `aud`;
 * graph/api/resources/apiapplication, `requestedAccessTokenVersion`).
 */
function findApplicationResource(
  azure: Azure,
  identifier: string,
  tenantId: string,
): TokenApi | undefined {
  for (const application of azure.state.applications.values()) {
    if (!isOf(application, identifier)) continue;
    const { appId, settings } = application;
    const principal = findVisibleServicePrincipal(azure, tenantId, appId);
    if (principal === undefined) continue;
    const api = settings["api"];
    const isV2 = isJsonObject(api) && api["requestedAccessTokenVersion"] === 2;
    return isV2
      ? { name: "application", audience: appId, version: 2, principal }
      : { name: "application", audience: identifier, version: 1, principal };
  }
  return undefined;
}

function isOf({ appId, settings }: Application, identifier: string): boolean {
  const uris = settings["identifierUris"];
  return appId === identifier.toLowerCase() || (Array.isArray(uris) && uris.includes(identifier));
}

/**
 * A resource of Microsoft's as a tenant has it. Most tenants' service principals of them are not written down, which is as
 * good as ones that nobody has changed.
 */
function findFirstPartyResource(
  azure: Azure,
  identifier: string,
  tenantId: string,
): TokenApi | undefined {
  const resource = findApi(azure, identifier);
  if (resource === undefined) return undefined;
  const application = firstPartyApplicationOf(resource.name);
  if (application === undefined) return resource;
  const principal = findVisibleServicePrincipal(azure, tenantId, application.appId);
  return principal === undefined ? resource : { ...resource, principal };
}
