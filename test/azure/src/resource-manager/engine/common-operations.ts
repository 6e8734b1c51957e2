import type { JsonObject } from "../../base/json.ts";
import type { SiteHost } from "../../service/site-host.ts";
import type { Resource } from "../../world/resource-records.ts";
import type { State } from "../../world/state.ts";
import { deleteResource } from "./delete-resource.ts";
import type { ManagementRequest, Operation } from "./operation.ts";
import {
  findResource,
  listResources,
  requireResource,
  requireResourceGroup,
} from "./resource-store.ts";

/**
 * The reads that every top-level resource type has: one by name, all of a resource group, all of the subscription, the last
 * two as `answerList` answers them, all at once by default.
 */
export function readOperations(
  type: string,
  path: string,
  render: (resource: Resource, state: State) => JsonObject | Promise<JsonObject>,
  answerList: (
    request: ManagementRequest,
    value: readonly JsonObject[],
  ) => Response | Promise<Response> = wholeList,
): Operation[] {
  const list = async (request: ManagementRequest, scope: string): Promise<Response> => {
    const { state } = request.azure;
    const found = listResources(state, type, scope).map(async (each) => render(each, state));
    return answerList(request, await Promise.all(found));
  };
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
      handle: (request) => list(request, requireResourceGroup(request.azure.state, request.id).id),
    },
    {
      method: "GET",
      path: `/subscriptions/{subscriptionId}/providers/${type}`,
      action: `${type}/read`,
      handle: (request) => list(request, `/subscriptions/${request.param("subscriptionId")}`),
    },
  ];
}

function wholeList(_request: unknown, value: readonly JsonObject[]): Response {
  return Response.json({ value });
}

/** The DELETE of a top-level resource that nothing else holds back: 200, or 204 when there was none. */
export function deleteOperation(type: string, path: string, siteHost: SiteHost): Operation {
  return {
    method: "DELETE",
    path,
    action: `${type}/delete`,
    handle: async ({ azure, id }) => {
      const resource = findResource(azure.state, id);
      if (resource === undefined) return new Response(null, { status: 204 });
      await deleteResource(azure, siteHost, resource);
      return new Response(null, { status: 200 });
    },
  };
}
