import { textOf } from "../../grpc/properties.ts";
import { nameWithHex } from "../protocol/automatic-name.ts";
import { armResource } from "./arm-resource.ts";
import { callOptions } from "./clients.ts";
import { defaultLocation } from "./default-location.ts";

/** managedidentity:UserAssignedIdentity. `location` is x-ms-mutability [create, read] (common-types TrackedResource). */
export const userAssignedIdentity = armResource({
  apiVersion: "2023-01-31",
  required: ["location", "resourceGroupName"],
  optional: ["resourceName", "tags"],
  outputs: ["clientId", "principalId", "systemData", "tenantId"],
  replaceOn: ["resourceGroupName", "resourceName", "location"],
  autoname: nameWithHex("resourceName"),
  defaults: defaultLocation,
  pathInputs: ["resourceGroupName", "resourceName"],
  id: ({ subscriptionId }, inputs) =>
    `/subscriptions/${subscriptionId}/resourceGroups/${textOf(inputs, "resourceGroupName")}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${textOf(inputs, "resourceName")}`,
  get: async (manager, names) =>
    (await manager.identities()).userAssignedIdentities.get(
      names("resourceGroups"),
      names("userAssignedIdentities"),
      callOptions(manager),
    ),
  put: async (manager, names, body) =>
    (await manager.identities()).userAssignedIdentities.createOrUpdate(
      names("resourceGroups"),
      names("userAssignedIdentities"),
      body,
      callOptions(manager),
    ),
  delete: async (manager, names) =>
    (await manager.identities()).userAssignedIdentities.delete(
      names("resourceGroups"),
      names("userAssignedIdentities"),
      callOptions(manager),
    ),
});
