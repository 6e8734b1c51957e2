import { textOf } from "../../grpc/properties.ts";
import { nameWithHex } from "../protocol/automatic-name.ts";
import { armResource } from "./arm-resource.ts";
import { callOptions } from "./clients.ts";
import { defaultLocation } from "./default-location.ts";

/** web:AppServicePlan. `location` is x-ms-mutability [create, read] (common-types TrackedResource). */
export const appServicePlan = armResource({
  apiVersion: "2025-05-01",
  required: ["location", "resourceGroupName"],
  optional: ["name", "kind", "reserved", "sku", "tags", "zoneRedundant", "perSiteScaling"],
  outputs: [
    "geoRegion",
    "maximumNumberOfWorkers",
    "numberOfSites",
    "numberOfWorkers",
    "provisioningState",
    "resourceGroup",
    "status",
    "subscription",
    "systemData",
  ],
  replaceOn: ["resourceGroupName", "name", "location"],
  autoname: nameWithHex("name"),
  defaults: defaultLocation,
  pathInputs: ["resourceGroupName", "name"],
  id: ({ subscriptionId }, inputs) =>
    `/subscriptions/${subscriptionId}/resourceGroups/${textOf(inputs, "resourceGroupName")}/providers/Microsoft.Web/serverfarms/${textOf(inputs, "name")}`,
  get: async (manager, names) =>
    (await manager.web()).appServicePlans.get(
      names("resourceGroups"),
      names("serverfarms"),
      callOptions(manager),
    ),
  put: async (manager, names, body) =>
    (await manager.web()).appServicePlans.createOrUpdate(
      names("resourceGroups"),
      names("serverfarms"),
      body,
      callOptions(manager),
    ),
  delete: async (manager, names) =>
    (await manager.web()).appServicePlans.delete(
      names("resourceGroups"),
      names("serverfarms"),
      callOptions(manager),
    ),
});
