import { type JsonObject, objectField } from "../../base/json.ts";
import type { Resource } from "../../world/resource-records.ts";
import { openToAll } from "./default-web-config.ts";

/** What a site's document shows of its configuration, all else being in `config/web` (562 of 562 recorded answers). */
const shown: JsonObject = {
  numberOfWorkers: 1,
  linuxFxVersion: "",
  acrUseManagedIdentityCreds: false,
  alwaysOn: false,
  http20Enabled: false,
  functionAppScaleLimit: 0,
  minimumElasticInstanceCount: 0,
};

/** What is there as a null whatever was written. */
const hidden = `
  defaultDocuments netFrameworkVersion phpVersion pythonVersion nodeVersion powerShellVersion windowsFxVersion
  windowsConfiguredStacks requestTracingEnabled remoteDebuggingEnabled remoteDebuggingVersion httpLoggingEnabled
  azureMonitorLogCategories acrUserManagedIdentityID logsDirectorySizeLimit detailedErrorLoggingEnabled publishingUsername
  publishingPassword appSettings metadata connectionStrings machineKey handlerMappings documentRoot scmType
  use32BitWorkerProcess webSocketsEnabled javaVersion javaContainer javaContainerVersion appCommandLine managedPipelineMode
  virtualApplications winAuthAdminState winAuthTenantState customAppPoolIdentityAdminState customAppPoolIdentityTenantState
  runtimeADUser runtimeADUserPassword loadBalancing routingRules experiments limits autoHealEnabled autoHealRules
  tracingOptions vnetName vnetRouteAllEnabled vnetPrivatePortsCount publicNetworkAccess cors push apiDefinition
  apiManagementConfig autoSwapSlotName localMySqlEnabled managedServiceIdentityId xManagedServiceIdentityId
  keyVaultReferenceIdentity ipSecurityRestrictions ipSecurityRestrictionsDefaultAction scmIpSecurityRestrictions
  scmIpSecurityRestrictionsDefaultAction scmIpSecurityRestrictionsUseMain minTlsVersion minTlsCipherSuite
  supportedTlsCipherSuites scmMinTlsVersion ftpsState preWarmedInstanceCount elasticWebAppScaleLimit healthCheckPath
  fileChangeAuditEnabled functionsRuntimeScaleMonitoringEnabled websiteTimeZone azureStorageAccounts http20ProxyFlag sitePort
  antivirusScanEnabled storageType`
  .trim()
  .split(/\s+/);

/** `siteConfig` in a site's document. */
export function shownSiteConfig(site: Resource): JsonObject {
  return shownOf(objectField(site.properties, "siteConfig"));
}

/**
 * The same in the answer to a PUT, which lags: it has what the configuration was before (recorded: `alwaysOn` in 76 answers,
 * `http20Enabled` in 119, `linuxFxVersion` in 27), with the restrictions that a new site has.
 */
export function laggingSiteConfig(before: JsonObject, isFunctionApp: boolean): JsonObject {
  return {
    ...shownOf(before),
    functionAppScaleLimit: isFunctionApp ? 0 : null,
    elasticWebAppScaleLimit: isFunctionApp ? null : 0,
    ipSecurityRestrictions: [openToAll],
    scmIpSecurityRestrictions: [openToAll],
  };
}

function shownOf(siteConfig: JsonObject): JsonObject {
  const values = Object.entries(shown).map(([name, initial]) => [
    name,
    siteConfig[name] ?? initial,
  ]);
  return {
    ...Object.fromEntries(hidden.map((name) => [name, null])),
    ...Object.fromEntries(values),
  };
}
