import type { Resource } from "../state.ts";
import type { JsonObject } from "./json-object.ts";
import { listPage } from "./list-page.ts";
import type { ManagementRequest, Operation } from "./operation.ts";
import { resourceFilter } from "./resource-filter.ts";
import { renderResource, requireResourceGroup } from "./resource-store.ts";

/** Resources of every type, without their properties (https://learn.microsoft.com/rest/api/resources/resources/list). */
export const resourceOperations: Operation[] = [
  {
    method: "GET",
    path: "/subscriptions/{subscriptionId}/resources",
    action: "Microsoft.Resources/subscriptions/resources/read",
    missing: "$expand, and filters other than eq",
    handle: (request) => list(request, `/subscriptions/${request.param("subscriptionId")}`),
  },
  {
    method: "GET",
    path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/resources",
    action: "Microsoft.Resources/subscriptions/resourcegroups/resources/read",
    missing: "$expand, and filters other than eq",
    handle: (request) => list(request, requireResourceGroup(request.azure.state, request.id).id),
  },
];

function list(request: ManagementRequest, scope: string): Response {
  const matches = resourceFilter(request.query.get("$filter"));
  const prefix = `${scope}/`.toLowerCase();
  const found = [...request.azure.state.resources.values()].filter(
    (resource) =>
      resource.id.toLowerCase().startsWith(prefix) && isTopLevel(resource) && matches(resource),
  );
  return listPage(request, found.map(renderShort));
}

/** `/subscriptions/S/resourceGroups/G/providers/N/T/name`: neither a group, nor nested, nor attached to something. */
function isTopLevel({ id }: Resource): boolean {
  return (
    id.split("/").length === 9 && !/\/providers\/Microsoft\.(?:Authorization|Resources)\//i.test(id)
  );
}

function renderShort(resource: Resource): JsonObject {
  const { properties: _properties, ...short } = renderResource(resource);
  return short;
}
