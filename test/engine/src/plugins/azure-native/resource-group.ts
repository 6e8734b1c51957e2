import { textOf } from "../../grpc/properties.ts";
import { nameWithHex } from "../protocol/automatic-name.ts";
import { armResource } from "./arm-resource.ts";
import { callOptions } from "./clients.ts";

/** resources:ResourceGroup. `location`: "It cannot be changed after the resource group has been created" (its .d.ts). */
export const resourceGroup = armResource({
  apiVersion: "2024-03-01",
  required: ["location"],
  optional: ["resourceGroupName", "managedBy", "tags"],
  outputs: ["properties"],
  replaceOn: ["resourceGroupName", "location"],
  autoname: nameWithHex("resourceGroupName"),
  pathInputs: ["resourceGroupName"],
  id: ({ subscriptionId }, inputs) =>
    `/subscriptions/${subscriptionId}/resourceGroups/${textOf(inputs, "resourceGroupName")}`,
  get: async (manager, names) =>
    (await manager.resources()).resourceGroups.get(names("resourceGroups"), callOptions(manager)),
  put: async (manager, names, body) =>
    (await manager.resources()).resourceGroups.createOrUpdate(
      names("resourceGroups"),
      body,
      callOptions(manager),
    ),
  delete: async (manager, names) =>
    (await manager.resources()).resourceGroups.delete(
      names("resourceGroups"),
      callOptions(manager),
    ),
});
