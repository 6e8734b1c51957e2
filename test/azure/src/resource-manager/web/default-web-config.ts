import type { JsonObject } from "../../base/json.ts";
import { unsetAuthSettings } from "./auth-settings-defaults.ts";

/** The rule that a site without restrictions has, and the last one of a site that has some. */
export const openToAll = {
  ipAddress: "Any",
  action: "Allow",
  priority: 2147483647,
  name: "Allow all",
  description: "Allow all access",
};

const unset = `
  windowsFxVersion remoteDebuggingVersion azureMonitorLogCategories acrUserManagedIdentityID publishingPassword appSettings
  metadata connectionStrings machineKey handlerMappings documentRoot javaVersion javaContainer javaContainerVersion
  runtimeADUser runtimeADUserPassword limits autoHealRules tracingOptions publicNetworkAccess cors push apiDefinition
  apiManagementConfig autoSwapSlotName managedServiceIdentityId xManagedServiceIdentityId keyVaultReferenceIdentity
  ipSecurityRestrictionsDefaultAction scmIpSecurityRestrictionsDefaultAction minTlsCipherSuite supportedTlsCipherSuites
  healthCheckPath websiteTimeZone sitePort`
  .trim()
  .split(/\s+/);

/**
 * What Azure answers in `config/web` for what nobody set (recorded: 161 answers of 2022-03-01, of which `ftpsState` alone differs:
 * it was AllAllowed, and is FtpsOnly by azurerm_linux_web_app's defaults). They describe how an untouched site behaves; the
 * local App Service reads the site's own settings only.
 */
export const defaultWebConfig: JsonObject = {
  ...Object.fromEntries(unset.map((name) => [name, null])),
  numberOfWorkers: 1,
  defaultDocuments: [
    "Default.htm",
    "Default.html",
    "Default.asp",
    "index.htm",
    "index.html",
    "iisstart.htm",
    "default.aspx",
    "index.php",
    "hostingstart.html",
  ],
  netFrameworkVersion: "v4.0",
  phpVersion: "",
  pythonVersion: "",
  nodeVersion: "",
  powerShellVersion: "",
  linuxFxVersion: "",
  windowsConfiguredStacks: [],
  requestTracingEnabled: false,
  remoteDebuggingEnabled: false,
  httpLoggingEnabled: false,
  acrUseManagedIdentityCreds: false,
  logsDirectorySizeLimit: 35,
  detailedErrorLoggingEnabled: false,
  scmType: "None",
  use32BitWorkerProcess: true,
  webSocketsEnabled: false,
  alwaysOn: false,
  appCommandLine: "",
  managedPipelineMode: "Integrated",
  winAuthAdminState: 0,
  winAuthTenantState: 0,
  customAppPoolIdentityAdminState: false,
  customAppPoolIdentityTenantState: false,
  loadBalancing: "LeastRequests",
  routingRules: [],
  experiments: { rampUpRules: [] },
  autoHealEnabled: false,
  vnetName: "",
  vnetRouteAllEnabled: false,
  vnetPrivatePortsCount: 0,
  siteAuthEnabled: false,
  siteAuthSettings: unsetAuthSettings,
  localMySqlEnabled: false,
  ipSecurityRestrictions: [openToAll],
  scmIpSecurityRestrictions: [openToAll],
  scmIpSecurityRestrictionsUseMain: false,
  http20Enabled: false,
  minTlsVersion: "1.2",
  scmMinTlsVersion: "1.2",
  ftpsState: "FtpsOnly",
  preWarmedInstanceCount: 0,
  functionAppScaleLimit: null,
  elasticWebAppScaleLimit: 0,
  fileChangeAuditEnabled: false,
  functionsRuntimeScaleMonitoringEnabled: false,
  minimumElasticInstanceCount: 0,
  azureStorageAccounts: {},
  http20ProxyFlag: 0,
  antivirusScanEnabled: false,
  storageType: "StorageVolume",
};
