import type { JsonObject } from "../../base/json.ts";

/**
 * What App Service answers for what a site's body leaves out (2022-03-01: every answer to a GET or PUT of a site in
 * test/recorded/data).
 */
export const siteDefaults: JsonObject = {
  isXenon: false,
  hyperV: false,
  dnsConfiguration: {},
  vnetRouteAllEnabled: false,
  containerAllocationSubnet: null,
  useContainerLocalhostBindings: null,
  vnetImagePullEnabled: false,
  vnetContentShareEnabled: false,
  vnetBackupRestoreEnabled: false,
  scmSiteAlsoStopped: false,
  hostingEnvironmentProfile: null,
  clientCertEnabled: false,
  clientCertMode: "Required",
  clientCertExclusionPaths: null,
  hostNamesDisabled: false,
  dailyMemoryTimeQuota: 0,
  cloningInfo: null,
  managedEnvironmentId: null,
  httpsOnly: false,
  redundancyMode: "None",
  publicNetworkAccess: null,
  storageAccountRequired: false,
  virtualNetworkSubnetId: null,
  keyVaultReferenceIdentity: "SystemAssigned",
};

/** What no body changes. The addresses are this machine's. */
export const siteFacts: JsonObject = {
  owner: null,
  usageState: "Normal",
  enabled: true,
  adminEnabled: true,
  availabilityState: "Normal",
  sslCertificates: null,
  csrs: [],
  cers: null,
  siteMode: null,
  computeMode: null,
  serverFarm: null,
  storageRecoveryDefaultState: "Running",
  contentAvailabilityState: "Normal",
  runtimeAvailabilityState: "Normal",
  slotName: null,
  trafficManagerHostNames: null,
  targetSwapSlot: null,
  hostingEnvironment: null,
  domainVerificationIdentifiers: null,
  inboundIpAddress: "127.0.0.1",
  possibleInboundIpAddresses: "127.0.0.1",
  outboundIpAddresses: "127.0.0.1",
  possibleOutboundIpAddresses: "127.0.0.1",
  suspendedTill: null,
  siteDisabledReason: 0,
  functionExecutionUnitsCache: null,
  maxNumberOfWorkers: null,
  hostingEnvironmentId: null,
  slotSwapStatus: null,
  inProgressOperationId: null,
  inFlightFeatures: [],
  geoDistributions: null,
  privateEndpointConnections: [],
  buildVersion: null,
  targetBuildVersion: null,
  migrationState: null,
  defaultHostNameScope: "Global",
  privateLinkIdentifiers: null,
};

/** In what a function app differs from a web app. */
export const byRuntime = {
  web: {
    clientAffinityEnabled: true,
    containerSize: 0,
    eligibleLogCategories:
      "AppServiceAppLogs,AppServiceAuditLogs,AppServiceConsoleLogs,AppServiceHTTPLogs,AppServiceIPSecAuditLogs,AppServicePlatformLogs,ScanLogs",
  },
  functions: {
    clientAffinityEnabled: false,
    containerSize: 1536,
    eligibleLogCategories: "FunctionAppLogs",
  },
} as const;
