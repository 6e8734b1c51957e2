import { textOf } from "../../grpc/properties.ts";
import { armResource } from "./arm-resource.ts";
import { callOptions } from "./resource-manager.ts";

/** web:WebAppScmAllowed, whether SCM takes a user name and a password. Deleting it allows them again, as azure-native does. */
export const webAppScmAllowed = armResource({
  apiVersion: "2025-05-01",
  required: ["allow", "name", "resourceGroupName"],
  optional: ["kind"],
  outputs: ["systemData"],
  replaceOn: ["name", "resourceGroupName"],
  resetTo: { allow: true },
  pathInputs: ["name", "resourceGroupName"],
  id: ({ subscriptionId }, inputs) =>
    `/subscriptions/${subscriptionId}/resourceGroups/${textOf(inputs, "resourceGroupName")}/providers/Microsoft.Web/sites/${textOf(inputs, "name")}/basicPublishingCredentialsPolicies/scm`,
  get: async (manager, names) =>
    (await manager.web()).webApps.getScmAllowed(
      names("resourceGroups"),
      names("sites"),
      callOptions(manager),
    ),
  put: async (manager, names, body) =>
    (await manager.web()).webApps.updateScmAllowed(
      names("resourceGroups"),
      names("sites"),
      body,
      callOptions(manager),
    ),
});
