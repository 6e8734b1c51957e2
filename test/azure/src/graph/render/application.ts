import type { Application } from "../../world/directory-records.ts";
import { initialDomain } from "../../world/directory/lookup.ts";

/** Properties that nothing was written to (graph/api/application-post-applications, the example's answer). */
const DEFAULTS = {
  addIns: [],
  api: {
    acceptMappedClaims: null,
    knownClientApplications: [],
    oauth2PermissionScopes: [],
    preAuthorizedApplications: [],
    requestedAccessTokenVersion: null,
  },
  certification: null,
  defaultRedirectUri: null,
  description: null,
  groupMembershipClaims: null,
  identifierUris: [],
  info: {
    logoUrl: null,
    marketingUrl: null,
    privacyStatementUrl: null,
    supportUrl: null,
    termsOfServiceUrl: null,
  },
  isDeviceOnlyAuthSupported: null,
  isFallbackPublicClient: null,
  nativeAuthenticationApisEnabled: null,
  notes: null,
  oauth2RequirePostResponse: false,
  optionalClaims: null,
  parentalControlSettings: { countriesBlockedForMinors: [], legalAgeGroupRule: "Allow" },
  publicClient: { redirectUris: [] },
  requestSignatureVerification: null,
  samlMetadataUrl: null,
  serviceManagementReference: null,
  servicePrincipalLockConfiguration: null,
  spa: { redirectUris: [] },
  tags: [],
  tokenEncryptionKeyId: null,
  verifiedPublisher: { addedDateTime: null, displayName: null, verifiedPublisherId: null },
  web: {
    homePageUrl: null,
    implicitGrantSettings: { enableAccessTokenIssuance: false, enableIdTokenIssuance: false },
    logoutUrl: null,
    redirectUriSettings: [],
    redirectUris: [],
  },
} as const;

/** An application as Graph shows it. */
export function renderApplication(application: Application) {
  return {
    id: application.objectId,
    deletedDateTime: application.deletedDateTime ?? null,
    appId: application.appId,
    appRoles: application.appRoles ?? [],
    applicationTemplateId: null,
    createdDateTime: application.createdDateTime,
    disabledByMicrosoftStatus: null,
    displayName: application.displayName,
    keyCredentials: [],
    passwordCredentials: [],
    publisherDomain: initialDomain(application.tenantId),
    requiredResourceAccess: application.requiredResourceAccess,
    signInAudience: application.signInAudience,
    uniqueName: application.uniqueName ?? null,
    ...DEFAULTS,
    // Personal accounts take tokens of version 2 alone (recorded).
    api: {
      ...DEFAULTS.api,
      ...(isForEverybody(application) ? { requestedAccessTokenVersion: 2 } : {}),
    },
    ...application.settings,
  };
}

function isForEverybody({ signInAudience }: Application): boolean {
  return signInAudience === "AzureADandPersonalMicrosoftAccount";
}
