import { type EntityType, filterable, shown } from "./entity-type.ts";

/** learn.microsoft.com/graph/api/resources/application, "Properties": what each says about `$filter` and `$orderby`. */
export const applicationType: EntityType = {
  name: "application",
  resource: "Application",
  properties: {
    id: filterable("text", "eq"),
    deletedDateTime: filterable("time", "eq", "ge", "le"),
    appId: filterable("text", "eq"),
    addIns: shown(),
    api: shown(),
    appRoles: shown(),
    applicationTemplateId: filterable("text", "eq"),
    certification: shown(),
    createdDateTime: { ...filterable("time", "eq", "ge", "le"), sortable: true },
    defaultRedirectUri: shown("text"),
    description: { ...filterable("text", "eq", "startswith"), advanced: true },
    disabledByMicrosoftStatus: filterable("text", "eq"),
    displayName: { ...filterable("text", "eq", "ge", "le", "startswith"), sortable: true },
    groupMembershipClaims: shown("text"),
    identifierUris: filterable("texts", "eq", "startswith"),
    info: shown(),
    isDeviceOnlyAuthSupported: shown("flag"),
    isFallbackPublicClient: shown("flag"),
    keyCredentials: shown(),
    nativeAuthenticationApisEnabled: shown("text"),
    notes: shown("text"),
    oauth2RequirePostResponse: shown("flag"),
    optionalClaims: shown(),
    parentalControlSettings: shown(),
    passwordCredentials: shown(),
    publicClient: shown(),
    publisherDomain: filterable("text", "eq", "startswith"),
    requestSignatureVerification: shown(),
    requiredResourceAccess: shown(),
    samlMetadataUrl: shown("text"),
    serviceManagementReference: shown("text"),
    servicePrincipalLockConfiguration: shown(),
    signInAudience: filterable("text", "eq"),
    spa: shown(),
    tags: filterable("texts", "eq", "startswith"),
    tokenEncryptionKeyId: shown("text"),
    uniqueName: filterable("text", "eq"),
    verifiedPublisher: shown(),
    web: shown(),
  },
};

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

/** learn.microsoft.com/graph/api/resources/approleassignment. */
export const appRoleAssignmentType: EntityType = {
  name: "appRoleAssignment",
  resource: "AppRoleAssignment",
  properties: {
    id: shown("text"),
    deletedDateTime: shown("time"),
    appRoleId: shown("text"),
    createdDateTime: shown("time"),
    principalDisplayName: shown("text"),
    principalId: shown("text"),
    principalType: shown("text"),
    resourceDisplayName: shown("text"),
    resourceId: filterable("text", "eq"),
  },
};

/** learn.microsoft.com/graph/api/resources/federatedidentitycredential: name and subject (and issuer) support `$filter` (eq). */
export const federatedCredentialType: EntityType = {
  name: "federatedIdentityCredential",
  resource: "FederatedIdentityCredential",
  properties: {
    id: shown("text"),
    name: filterable("text", "eq"),
    issuer: filterable("text", "eq"),
    subject: filterable("text", "eq"),
    description: shown("text"),
    audiences: shown("texts"),
  },
};

/** learn.microsoft.com/graph/api/resources/organization; only what a directory without users and licences knows. */
export const organizationType: EntityType = {
  name: "organization",
  resource: "Organization",
  properties: {
    id: shown("text"),
    deletedDateTime: shown("time"),
    displayName: shown("text"),
    tenantType: shown("text"),
    verifiedDomains: shown(),
  },
};

/** learn.microsoft.com/graph/api/resources/domain; for the one domain that a tenant has from the first. */
export const domainType: EntityType = {
  name: "domain",
  resource: "Domain",
  properties: {
    id: shown("text"),
    authenticationType: shown("text"),
    availabilityStatus: shown("text"),
    isAdminManaged: shown("flag"),
    isDefault: shown("flag"),
    isInitial: shown("flag"),
    isRoot: shown("flag"),
    isVerified: shown("flag"),
    passwordNotificationWindowInDays: shown(),
    passwordValidityPeriodInDays: shown(),
    state: shown(),
    supportedServices: shown("texts"),
  },
};
