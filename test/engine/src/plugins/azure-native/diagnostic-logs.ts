import { textOf } from "../../grpc/properties.ts";
import { armResource } from "./arm-resource.ts";
import { callOptions } from "./clients.ts";

/**
 * web:WebAppDiagnosticLogsConfiguration: what of a site's logs is kept. Deleting it empties it, as azure-native does.
 *
 * Unverified: that the real one shows nothing of what Azure fills in as a change.
 */
export const diagnosticLogs = armResource({
  apiVersion: "2025-05-01",
  required: ["name", "resourceGroupName"],
  optional: [
    "applicationLogs",
    "detailedErrorMessages",
    "failedRequestsTracing",
    "httpLogs",
    "kind",
  ],
  outputs: ["systemData"],
  replaceOn: ["name", "resourceGroupName"],
  resetTo: { applicationLogs: {} },
  pathInputs: ["name", "resourceGroupName"],
  id: ({ subscriptionId }, inputs) =>
    `/subscriptions/${subscriptionId}/resourceGroups/${textOf(inputs, "resourceGroupName")}/providers/Microsoft.Web/sites/${textOf(inputs, "name")}/config/logs`,
  get: async (manager, names) =>
    (await manager.web()).webApps.getDiagnosticLogsConfiguration(
      names("resourceGroups"),
      names("sites"),
      callOptions(manager),
    ),
  put: async (manager, names, body) =>
    (await manager.web()).webApps.updateDiagnosticLogsConfig(
      names("resourceGroups"),
      names("sites"),
      body,
      callOptions(manager),
    ),
});
