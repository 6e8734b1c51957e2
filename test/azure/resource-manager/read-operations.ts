import type { Resource, State } from "../state.ts";
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
  render: (resource: Resource, state: State) => JsonObject | Promise<JsonObject>,
  answerList: typeof listPage = wholeList,
): Operation[] {
  return [
    {
      method: "GET",
      path,
      action: `${type}/read`,
      handle: async (request) =>
        Response.json(await render(requireResource(request), request.azure.state)),
    },
    {
      method: "GET",
      path: `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${type}`,
      action: `${type}/read`,
      handle: async (request) => {
        const { state } = request.azure;
        const group = requireResourceGroup(state, request.id);
        const found = listResources(state, type, group.id);
        return answerList(
          request,
          await Promise.all(found.map(async (each) => render(each, state))),
        );
      },
    },
    {
      method: "GET",
      path: `/subscriptions/{subscriptionId}/providers/${type}`,
      action: `${type}/read`,
      handle: async (request) => {
        const { state } = request.azure;
        const found = listResources(
          state,
          type,
          `/subscriptions/${request.param("subscriptionId")}`,
        );
        return answerList(
          request,
          await Promise.all(found.map(async (each) => render(each, state))),
        );
      },
    },
  ];
}

function wholeList(_request: unknown, value: readonly JsonObject[]): Response {
  return Response.json({ value });
}
