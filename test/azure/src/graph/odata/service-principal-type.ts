import { type EntityType, filterable, shown } from "./entity-type.ts";

/**
 * learn.microsoft.com/graph/api/resources/serviceprincipal, "Properties": what each says about `$filter` and `$orderby`.
 * That appRoleAssignmentRequired takes the advanced query parameters was observed (microsoft-graph-docs#18795); that
 * servicePrincipalType does not is unverified.
 */
export const servicePrincipalType: EntityType = {
  name: "servicePrincipal",
  resource: "ServicePrincipal",
  properties: {
    id: filterable("text", "eq"),
    deletedDateTime: filterable("time", "eq", "ge", "le"),
    accountEnabled: filterable("flag", "eq"),
    addIns: shown(),
    alternativeNames: filterable("texts", "eq", "startswith"),
    appDescription: shown("text"),
    appDisplayName: shown("text"),
    appId: filterable("text", "eq", "startswith"),
    appOwnerOrganizationId: { ...filterable("text", "eq", "ge", "le"), advanced: true },
    appRoleAssignmentRequired: { ...filterable("flag", "eq"), advanced: true },
    appRoles: shown(),
    applicationTemplateId: filterable("text", "eq"),
    createdDateTime: { ...filterable("time", "eq", "ge", "le"), advanced: true, sortable: true },
    description: { ...filterable("text", "eq", "startswith"), advanced: true },
    disabledByMicrosoftStatus: filterable("text", "eq"),
    displayName: { ...filterable("text", "eq", "ge", "le", "startswith"), sortable: true },
    homepage: { ...filterable("text", "eq", "startswith"), advanced: true },
    info: shown(),
    keyCredentials: shown(),
    loginUrl: shown("text"),
    logoutUrl: shown("text"),
    notes: shown("text"),
    notificationEmailAddresses: shown("texts"),
    oauth2PermissionScopes: shown(),
    passwordCredentials: shown(),
    preferredSingleSignOnMode: shown("text"),
    preferredTokenSigningKeyThumbprint: shown("text"),
    replyUrls: shown("texts"),
    resourceSpecificApplicationPermissions: shown(),
    samlSingleSignOnSettings: shown(),
    servicePrincipalNames: filterable("texts", "eq", "startswith"),
    servicePrincipalType: filterable("text", "eq"),
    signInAudience: shown("text"),
    tags: filterable("texts", "eq", "startswith"),
    tokenEncryptionKeyId: shown("text"),
    verifiedPublisher: shown(),
  },
  // Where a service offers SAML metadata, which none here does (resources/serviceprincipal?view=graph-rest-beta).
  betaProperties: ["samlMetadataUrl"],
};
