import { textOf } from "../../grpc/properties.ts";
import { armResource } from "./arm-resource.ts";
import { callOptions } from "./clients.ts";

/**
 * web:WebAppApplicationSettings: all app settings of a site. They are read by a POST to `list`, because no GET shows them, and
 * emptied in place of being deleted (azure-native: provider/pkg/openapi/discover.go, the `/list` pattern).
 *
 * Unverified: how the real one shows a setting that changed (pulumi-azure-native#721).
 */
export const applicationSettings = armResource({
  apiVersion: "2025-05-01",
  required: ["name", "resourceGroupName"],
  optional: ["kind", "properties"],
  outputs: ["systemData"],
  replaceOn: ["name", "resourceGroupName"],
  resetTo: { properties: {} },
  pathInputs: ["name", "resourceGroupName"],
  id: ({ subscriptionId }, inputs) =>
    `/subscriptions/${subscriptionId}/resourceGroups/${textOf(inputs, "resourceGroupName")}/providers/Microsoft.Web/sites/${textOf(inputs, "name")}/config/appsettings`,
  get: async (manager, names) =>
    (await manager.web()).webApps.listApplicationSettings(
      names("resourceGroups"),
      names("sites"),
      callOptions(manager),
    ),
  put: async (manager, names, body) =>
    (await manager.web()).webApps.updateApplicationSettings(
      names("resourceGroups"),
      names("sites"),
      body,
      callOptions(manager),
    ),
});
