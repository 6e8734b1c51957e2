import { serveProvider } from "../protocol/serve-provider.ts";
import { standIns } from "../stand-ins.ts";
import { appServicePlan } from "./app-service-plan.ts";
import { applicationSettings } from "./application-settings.ts";
import { blobContainer } from "./blob-container.ts";
import { blobServiceProperties } from "./blob-service-properties.ts";
import { connectResourceManager } from "./clients.ts";
import { diagnosticLogs } from "./diagnostic-logs.ts";
import { getClientConfig } from "./get-client-config.ts";
import { getRoleDefinition } from "./get-role-definition.ts";
import { publishingPolicy } from "./publishing-policy.ts";
import { resourceGroup } from "./resource-group.ts";
import { roleAssignment } from "./role-assignment.ts";
import { storageAccount } from "./storage-account.ts";
import { userAssignedIdentity } from "./user-assigned-identity.ts";
import { webApp } from "./web-app.ts";

await serveProvider({
  ...standIns.azureNative,
  connect: connectResourceManager,
  types: new Map([
    ["azure-native:resources:ResourceGroup", resourceGroup],
    ["azure-native:managedidentity:UserAssignedIdentity", userAssignedIdentity],
    ["azure-native:web:AppServicePlan", appServicePlan],
    ["azure-native:web:WebApp", webApp],
    ["azure-native:web:WebAppApplicationSettings", applicationSettings],
    ["azure-native:web:WebAppDiagnosticLogsConfiguration", diagnosticLogs],
    ["azure-native:web:WebAppFtpAllowed", publishingPolicy("ftp")],
    ["azure-native:web:WebAppScmAllowed", publishingPolicy("scm")],
    ["azure-native:storage:StorageAccount", storageAccount],
    ["azure-native:storage:BlobServiceProperties", blobServiceProperties],
    ["azure-native:storage:BlobContainer", blobContainer],
    ["azure-native:authorization:RoleAssignment", roleAssignment],
  ]),
  invokes: new Map([
    ["azure-native:authorization:getClientConfig", getClientConfig],
    ["azure-native:authorization:getRoleDefinition", getRoleDefinition],
  ]),
});
