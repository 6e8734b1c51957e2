import type { AppService } from "../app-service/app-service.ts";
import { deleteResource } from "./delete-resource.ts";
import { stringField } from "./json-object.ts";
import type { LongRunningOperations } from "./long-running-operations.ts";
import { ManagementError } from "./management-error.ts";
import type { ManagementRequest, Operation } from "./operation.ts";
import {
  listResources,
  putResource,
  renderResource,
  requireLocation,
  requireResourceGroup,
  writeEnvelope,
} from "./resource-store.ts";

const type = "Microsoft.Resources/resourceGroups";
const path = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
const action = "Microsoft.Resources/subscriptions/resourceGroups";

/** Resource groups (https://learn.microsoft.com/rest/api/resources/resource-groups). */
export function resourceGroupOperations(
  appService: AppService,
  longRunning: LongRunningOperations,
): Operation[] {
  return [
    {
      method: "GET",
      path: "/subscriptions/{subscriptionId}/resourceGroups",
      action: `${action}/read`,
      handle: ({ azure, param }) => {
        const scope = `/subscriptions/${param("subscriptionId")}`;
        return Response.json({
          value: listResources(azure.state, type, scope).map(renderResource),
        });
      },
    },
    { method: "PUT", path, action: `${action}/write`, handle: put },
    { method: "PATCH", path, action: `${action}/write`, handle: patch },
    {
      method: "GET",
      path,
      action: `${action}/read`,
      handle: ({ azure, id }) =>
        Response.json(renderResource(requireResourceGroup(azure.state, id))),
    },
    {
      method: "HEAD",
      path,
      action: `${action}/read`,
      handle: ({ azure, id }) => {
        requireResourceGroup(azure.state, id);
        return new Response(null, { status: 204 });
      },
    },
    {
      method: "DELETE",
      path,
      action: `${action}/delete`,
      handle: (request) => startDelete(request, appService, longRunning),
    },
  ];
}

function put(request: ManagementRequest): Response {
  requireLocation(request);
  const { azure, id, body } = request;
  const existing = azure.state.resources.get(id.toLowerCase());
  const location = stringField(body, "location");
  if (existing !== undefined && location !== undefined && location !== existing.location)
    throw new ManagementError(
      409,
      "InvalidResourceGroupLocation",
      `Invalid resource group location '${location}'. The Resource group already exists in location '${existing.location}'.`,
    );
  const { resource, created } = putResource(request, type, { provisioningState: "Succeeded" });
  return Response.json(renderResource(resource), { status: created ? 201 : 200 });
}

function patch({ azure, id, body }: ManagementRequest): Response {
  const group = requireResourceGroup(azure.state, id);
  writeEnvelope(group, body);
  return Response.json(renderResource(group));
}

/** A group's delete takes everything in it along and is accepted, not done, when it is answered. */
function startDelete(
  { azure, tenant, id, query }: ManagementRequest,
  appService: AppService,
  longRunning: LongRunningOperations,
): Response {
  const group = requireResourceGroup(azure.state, id);
  group.properties["provisioningState"] = "Deleting";
  return longRunning.start(
    azure.endpoints.resourceManager,
    tenant.subscriptionId,
    query.get("api-version") ?? "",
    deleteResource(azure, appService, group),
    () => new Response(null, { status: 200 }),
  );
}
