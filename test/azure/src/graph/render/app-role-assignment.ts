import { createHash } from "node:crypto";
import { derivedGuid } from "../../base/guid.ts";
import type { AppRoleAssignment, ServicePrincipal } from "../../world/directory-records.ts";

/** Ids of Microsoft Graph's application permissions (graph/permissions-reference). */
const APP_ROLE_IDS: Readonly<Record<string, string>> = {
  "AppRoleAssignment.ReadWrite.All": "06b708a9-e830-4db3-a914-8e69da51d44f",
  "Application.Read.All": "9a5d68dd-52b0-4cc2-bd40-abcf463ac420",
  "Application.ReadWrite.All": "1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9",
  "Application.ReadWrite.OwnedBy": "18a4783c-866b-4cc7-a460-3d5e5662c884",
  "Directory.Read.All": "7ab1d382-f21e-4acd-a863-ba3e13f7da61",
  "Organization.Read.All": "498476ce-e0fe-48b0-b801-37ba7e2685c6",
};

/** The id under which Microsoft Graph's service principal is named in a tenant that has none written down. */
export function graphPrincipalId(tenantId: string): string {
  return derivedGuid(`${tenantId}/Microsoft Graph`);
}

/** A role of an application's own API. */
export function renderAppRoleAssignment(
  { id, appRoleId, createdDateTime }: AppRoleAssignment,
  client: ServicePrincipal,
  resource: ServicePrincipal,
) {
  return {
    id,
    deletedDateTime: null,
    appRoleId,
    createdDateTime,
    ...principalShown(client),
    resourceDisplayName: resource.displayName,
    resourceId: resource.objectId,
  };
}

/**
 * An application permission of Microsoft Graph. The ids, which a real tenant chooses at random, are derived from what they
 * stand for, so that they stay.
 */
export function renderGraphPermission(client: ServicePrincipal, permission: string) {
  return {
    id: createHash("sha256").update(`${client.objectId}${permission}`).digest("base64url"),
    deletedDateTime: null,
    appRoleId: APP_ROLE_IDS[permission] ?? derivedGuid(permission),
    createdDateTime: client.createdDateTime,
    ...principalShown(client),
    resourceDisplayName: "Microsoft Graph",
    resourceId: graphPrincipalId(client.tenantId),
  };
}

function principalShown({ displayName, objectId }: ServicePrincipal) {
  return {
    principalDisplayName: displayName,
    principalId: objectId,
    principalType: "ServicePrincipal",
  };
}
