import type { Azure } from "../../service/azure.ts";
import type { ServicePrincipal } from "../../world/directory-records.ts";
import { appRolesOf } from "../../world/directory/app-roles.ts";
import { findApplication } from "../../world/directory/lookup.ts";
import { offeredByApplication } from "./offered-by-application.ts";

/** Properties that nothing was written to (graph/api/serviceprincipal-post-serviceprincipals, the example's answer). */
const DEFAULTS = {
  addIns: [],
  appRoleAssignmentRequired: false,
  applicationTemplateId: null,
  description: null,
  disabledByMicrosoftStatus: null,
  homepage: null,
  keyCredentials: [],
  loginUrl: null,
  logoutUrl: null,
  notes: null,
  notificationEmailAddresses: [],
  passwordCredentials: [],
  preferredSingleSignOnMode: null,
  preferredTokenSigningKeyThumbprint: null,
  replyUrls: [],
  resourceSpecificApplicationPermissions: [],
  samlSingleSignOnSettings: null,
  tags: [],
  tokenEncryptionKeyId: null,
  verifiedPublisher: { addedDateTime: null, displayName: null, verifiedPublisherId: null },
} as const;

/**
 * A service principal as Graph shows it. `appOwnerOrganizationId` is the application's home tenant; `servicePrincipalNames`
 * holds the client id and the application's identifier URIs.
 */
export function renderServicePrincipal(azure: Azure, principal: ServicePrincipal) {
  const application = findApplication(azure.state, principal.appId);
  const identifierUris = application?.settings["identifierUris"];
  return {
    id: principal.objectId,
    deletedDateTime: principal.deletedDateTime ?? null,
    accountEnabled: principal.accountEnabled,
    alternativeNames: principal.alternativeNames,
    appDisplayName: application?.displayName ?? principal.displayName,
    appId: principal.appId,
    appRoles: appRolesOf(azure.state, principal),
    appOwnerOrganizationId: application?.tenantId ?? null,
    createdDateTime: principal.createdDateTime,
    displayName: principal.displayName,
    servicePrincipalNames: [
      ...(Array.isArray(identifierUris) ? identifierUris : []),
      principal.appId,
    ],
    servicePrincipalType: principal.servicePrincipalType,
    signInAudience: application?.signInAudience ?? null,
    ...offeredByApplication(application),
    ...DEFAULTS,
    ...principal.settings,
  };
}
