import type { Resource } from "../state.ts";
import type { JsonObject } from "./json-object.ts";
import type { Operation } from "./operation.ts";
import { listResources, requireResource, requireResourceGroup } from "./resource-store.ts";

/** The reads that every top-level resource type has: one by name, all of a resource group, all of the subscription. */
export function readOperations(
  type: string,
  path: string,
  render: (resource: Resource) => JsonObject,
): Operation[] {
  return [
    {
      method: "GET",
      path,
      action: `${type}/read`,
      handle: (request) => Response.json(render(requireResource(request))),
    },
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
