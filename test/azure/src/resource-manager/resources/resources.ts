import type { JsonObject } from "../../base/json.ts";
import { isAllowed } from "../../world/access/access.ts";
import type { Resource } from "../../world/resource-records.ts";
import { listPage } from "../engine/list-page.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";
import { renderResource, requireResourceGroup } from "../engine/resource-store.ts";
import { resourceFilter } from "./resource-filter.ts";

/** Resources of every type, without their properties (https://learn.microsoft.com/rest/api/resources/resources/list). */
export const resourceOperations: Operation[] = [
  {
    method: "GET",
    path: "/subscriptions/{subscriptionId}/resources",
    // As with groups: what the caller may read, and nothing is no refusal.
    action: null,
    missing: "filters by plan, kind or identity type",
    handle: (request) => list(request, `/subscriptions/${request.param("subscriptionId")}`),
  },
  {
    method: "GET",
    path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/resources",
    action: "Microsoft.Resources/subscriptions/resourcegroups/resources/read",
    missing: "filters by plan, kind or identity type",
    handle: (request) => list(request, requireResourceGroup(request.azure.state, request.id).id),
  },
];

function list(request: ManagementRequest, scope: string): Response {
  const { azure, caller } = request;
  const filter = request.query.get("$filter");
  const matches = resourceFilter(filter);
  const render = renderer(request.query.get("$expand"), /\btagName\b/i.test(filter ?? ""));
  const prefix = `${scope}/`.toLowerCase();
  const found = [...azure.state.resources.values()].filter(
    (resource) =>
      resource.id.toLowerCase().startsWith(prefix) &&
      isTopLevel(resource) &&
      matches(resource) &&
      isAllowed(azure, caller, "action", `${resource.type}/read`, resource.id),
  );
  return listPage(request, found.map(render));
}

/** `/subscriptions/S/resourceGroups/G/providers/N/T/name`: neither a group, nor nested, nor attached to something. */
function isTopLevel({ id }: Resource): boolean {
  return (
    id.split("/").length === 9 && !/\/providers\/Microsoft\.(?:Authorization|Resources)\//i.test(id)
  );
}

/**
 * A resource without its properties, with what `$expand` asks for, and without its tags where the filter names one ("When you
 * filter by a tag name and value, the tags for each resource are not returned").
 */
function renderer(
  expand: string | null,
  isFilteredByTag: boolean,
): (resource: Resource) => JsonObject {
  const wanted = new Set(
    (expand ?? "")
      .toLowerCase()
      .split(",")
      .map((name) => name.trim()),
  );
  return (resource) => {
    const { properties: _properties, tags, ...short } = renderResource(resource);
    const { createdTime, changedTime } = resource;
    const { provisioningState = "Succeeded" } = resource.properties;
    return {
      ...short,
      ...(isFilteredByTag ? {} : { tags }),
      ...(wanted.has("createdtime") ? { createdTime } : {}),
      ...(wanted.has("changedtime") ? { changedTime } : {}),
      ...(wanted.has("provisioningstate") ? { provisioningState } : {}),
    };
  };
}
