import type { SiteHost } from "../../service/site-host.ts";
import { deleteResource } from "../engine/delete-resource.ts";
import { ManagementError } from "../engine/errors.ts";
import { listPage } from "../engine/list-page.ts";
import type { LongRunningOperations } from "../engine/long-running-operations.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";
import { requireGroupLocation } from "../engine/require-location.ts";
import {
  listResources,
  putResource,
  renderResource,
  requireResourceGroup,
  writeEnvelope,
} from "../engine/resource-store.ts";
import { resourceFilter } from "./resource-filter.ts";

const type = "Microsoft.Resources/resourceGroups";
const path = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
const action = "Microsoft.Resources/subscriptions/resourceGroups";

/** Resource groups (https://learn.microsoft.com/rest/api/resources/resource-groups). */
export function resourceGroupOperations(
  siteHost: SiteHost,
  longRunning: LongRunningOperations,
): Operation[] {
  return [
    {
      method: "GET",
      path: "/subscriptions/{subscriptionId}/resourceGroups",
      action: `${action}/read`,
      handle: (request) => {
        const scope = `/subscriptions/${request.param("subscriptionId")}`;
        const matches = resourceFilter(request.query.get("$filter"));
        const groups = listResources(request.azure.state, type, scope).filter(matches);
        return listPage(request, groups.map(renderResource));
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
      handle: (request) => startDelete(request, siteHost, longRunning),
    },
  ];
}

function put(request: ManagementRequest): Response {
  requireGroupName(request.param("resourceGroupName"));
  requireGroupLocation(request);
  const { resource, created } = putResource(request, type, { provisioningState: "Succeeded" });
  return Response.json(renderResource(resource), { status: created ? 201 : 200 });
}

function patch(request: ManagementRequest): Response {
  const { azure, id, body } = request;
  const group = requireResourceGroup(azure.state, id);
  if (body["location"] !== undefined) requireGroupLocation(request);
  writeEnvelope(group, body);
  return Response.json(renderResource(group));
}

/** A group's delete takes everything in it along and is accepted, not done, when it is answered. */
function startDelete(
  request: ManagementRequest,
  siteHost: SiteHost,
  longRunning: LongRunningOperations,
): Response {
  const { azure, id } = request;
  const group = requireResourceGroup(azure.state, id);
  group.properties["provisioningState"] = "Deleting";
  const work = deleteResource(azure, siteHost, group);
  return longRunning.start(request, work, () => new Response(null, { status: 200 }));
}

/**
 * Throws for a name that no resource group can have: up to 90 letters, digits, hyphens, periods, underscores and
 * parentheses, no period at the end (learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules).
 * The texts for length and period are unverified.
 */
function requireGroupName(name: string): void {
  const bad = [...new Set(name.replaceAll(/[\p{L}\p{N}_().-]/gu, ""))].join("");
  if (bad !== "")
    throw invalid(
      "InvalidResourceGroup",
      `The provided resource group name '${name}' has these invalid characters: '${bad}'. The name can only be a letter, digit, '-', '.', '(', ')' or '_'.`,
    );
  if (name.length > 90)
    throw invalid(
      "ResourceGroupNameTooLong",
      `The provided resource group name '${name}' exceeds the maximum length of '90'.`,
    );
  if (name.endsWith("."))
    throw invalid(
      "InvalidResourceGroup",
      `The provided resource group name '${name}' cannot end with a period.`,
    );
}

function invalid(code: string, message: string): ManagementError {
  return new ManagementError(400, code, message);
}
