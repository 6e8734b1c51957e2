import type { Resource } from "../state.ts";
import type { JsonObject } from "./json-object.ts";
import type { Operation } from "./operation.ts";
import { listResources, requireResourceGroup } from "./resource-store.ts";

/** The two lists that every top-level resource type has: of a resource group and of the whole subscription. */
export function listOperations(
  type: string,
  render: (resource: Resource) => JsonObject,
): Operation[] {
  return [
    {
      method: "GET",
      path: `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${type}`,
      action: `${type}/read`,
      handle: ({ azure, id }) => {
        const group = requireResourceGroup(azure.state, id);
        return Response.json({ value: listResources(azure.state, type, group.id).map(render) });
      },
    },
    {
      method: "GET",
      path: `/subscriptions/{subscriptionId}/providers/${type}`,
      action: `${type}/read`,
      handle: ({ azure, param }) => {
        const scope = `/subscriptions/${param("subscriptionId")}`;
        return Response.json({ value: listResources(azure.state, type, scope).map(render) });
      },
    },
  ];
}
