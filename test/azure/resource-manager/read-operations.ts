import type { Resource } from "../state.ts";
import type { JsonObject } from "./json-object.ts";
import type { listPage } from "./list-page.ts";
import type { Operation } from "./operation.ts";
import { listResources, requireResource, requireResourceGroup } from "./resource-store.ts";

/**
 * The reads that every top-level resource type has: one by name, all of a resource group, all of the subscription, the last
 * two as `answerList` answers them, all at once by default.
 */
export function readOperations(
  type: string,
  path: string,
  render: (resource: Resource) => JsonObject,
  answerList: typeof listPage = wholeList,
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
      handle: (request) => {
        const { state } = request.azure;
        const group = requireResourceGroup(state, request.id);
        return answerList(request, listResources(state, type, group.id).map(render));
      },
    },
    {
      method: "GET",
      path: `/subscriptions/{subscriptionId}/providers/${type}`,
      action: `${type}/read`,
      handle: (request) => {
        const scope = `/subscriptions/${request.param("subscriptionId")}`;
        return answerList(request, listResources(request.azure.state, type, scope).map(render));
      },
    },
  ];
}

function wholeList(_request: unknown, value: readonly JsonObject[]): Response {
  return Response.json({ value });
}
