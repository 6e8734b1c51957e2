import type { JsonObject } from "../../base/json.ts";

const openToAll = {
  ipAddress: "Any",
  action: "Allow",
  priority: 2147483647,
  name: "Allow all",
  description: "Allow all access",
};

/**
 * What Azure answers in `config/web` for what nobody set, from the example of
 * learn.microsoft.com/rest/api/appservice/web-apps/get-configuration and the defaults that azurerm_linux_web_app documents.
 * They describe how an untouched site behaves; the local App Service reads the site's own settings only.
 */
export const defaultWebConfig: JsonObject = {
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
  linuxFxVersion: "",
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
  virtualApplications: [
    { virtualPath: "/", physicalPath: String.raw`site\wwwroot`, preloadEnabled: false },
  ],
  loadBalancing: "LeastRequests",
  experiments: { rampUpRules: [] },
  autoHealEnabled: false,
  vnetName: "",
  vnetRouteAllEnabled: false,
  vnetPrivatePortsCount: 0,
  localMySqlEnabled: false,
  ipSecurityRestrictions: [openToAll],
  scmIpSecurityRestrictions: [openToAll],
  scmIpSecurityRestrictionsUseMain: false,
  http20Enabled: false,
  minTlsVersion: "1.2",
  scmMinTlsVersion: "1.2",
  ftpsState: "FtpsOnly",
  preWarmedInstanceCount: 0,
  minimumElasticInstanceCount: 0,
};
