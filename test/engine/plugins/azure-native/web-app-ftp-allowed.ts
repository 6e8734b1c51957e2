import { textOf } from "../../grpc/properties.ts";
import { armResource } from "./arm-resource.ts";
import { callOptions } from "./resource-manager.ts";

/** web:WebAppFtpAllowed, whether FTP takes a user name and a password. Deleting it allows them again, as azure-native does. */
export const webAppFtpAllowed = armResource({
  apiVersion: "2025-05-01",
  required: ["allow", "name", "resourceGroupName"],
  optional: ["kind"],
  outputs: ["systemData"],
  replaceOn: ["name", "resourceGroupName"],
  resetTo: { allow: true },
  pathInputs: ["name", "resourceGroupName"],
  id: ({ subscriptionId }, inputs) =>
    `/subscriptions/${subscriptionId}/resourceGroups/${textOf(inputs, "resourceGroupName")}/providers/Microsoft.Web/sites/${textOf(inputs, "name")}/basicPublishingCredentialsPolicies/ftp`,
  get: async (manager, names) =>
    (await manager.web()).webApps.getFtpAllowed(
      names("resourceGroups"),
      names("sites"),
      callOptions(manager),
    ),
  put: async (manager, names, body) =>
    (await manager.web()).webApps.updateFtpAllowed(
      names("resourceGroups"),
      names("sites"),
      body,
      callOptions(manager),
    ),
});
