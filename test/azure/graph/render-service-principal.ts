import type { Azure } from "../azure.ts";
import { findApplication } from "../directory.ts";
import type { ServicePrincipal } from "../state.ts";

/** A service principal as Graph shows it. `appOwnerOrganizationId` is the application's home tenant. */
export function renderServicePrincipal(azure: Azure, principal: ServicePrincipal) {
  const application = findApplication(azure.state, principal.appId);
  return {
    id: principal.objectId,
    deletedDateTime: null,
    accountEnabled: principal.accountEnabled,
    alternativeNames: principal.alternativeNames,
    appDisplayName: principal.displayName,
    appId: principal.appId,
    appOwnerOrganizationId: application?.tenantId ?? null,
    appRoleAssignmentRequired: false,
    appRoles: [],
    createdDateTime: principal.createdDateTime,
    description: null,
    displayName: principal.displayName,
    homepage: null,
    keyCredentials: [],
    notes: null,
    oauth2PermissionScopes: [],
    passwordCredentials: [],
    replyUrls: [],
    servicePrincipalNames: [principal.appId],
    servicePrincipalType: principal.servicePrincipalType,
    signInAudience: application?.signInAudience ?? null,
    tags: [],
    ...principal.settings,
  };
}
