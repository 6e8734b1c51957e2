import { textOf } from "../../grpc/properties.ts";
import type { ResourceType } from "../protocol/resource-type.ts";
import { armResource } from "./arm-resource.ts";
import { callOptions, type ResourceManager } from "./clients.ts";

const calls = {
  ftp: { get: "getFtpAllowed", put: "updateFtpAllowed" },
  scm: { get: "getScmAllowed", put: "updateScmAllowed" },
} as const;

/**
 * web:WebAppFtpAllowed or web:WebAppScmAllowed: whether FTP or SCM takes a user name and a password. Deleting it allows them
 * again, as azure-native does.
 */
export function publishingPolicy(name: "ftp" | "scm"): ResourceType<ResourceManager> {
  return armResource({
    apiVersion: "2025-05-01",
    required: ["allow", "name", "resourceGroupName"],
    optional: ["kind"],
    outputs: ["systemData"],
    replaceOn: ["name", "resourceGroupName"],
    resetTo: { allow: true },
    pathInputs: ["name", "resourceGroupName"],
    id: ({ subscriptionId }, inputs) =>
      `/subscriptions/${subscriptionId}/resourceGroups/${textOf(inputs, "resourceGroupName")}/providers/Microsoft.Web/sites/${textOf(inputs, "name")}/basicPublishingCredentialsPolicies/${name}`,
    get: async (manager, names) =>
      (await manager.web()).webApps[calls[name].get](
        names("resourceGroups"),
        names("sites"),
        callOptions(manager),
      ),
    put: async (manager, names, body) =>
      (await manager.web()).webApps[calls[name].put](
        names("resourceGroups"),
        names("sites"),
        body,
        callOptions(manager),
      ),
  });
}
