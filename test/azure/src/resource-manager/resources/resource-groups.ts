import { setTimeout } from "node:timers/promises";
import type { SiteHost } from "../../service/site-host.ts";
import { isAllowed } from "../../world/access/access.ts";
import type { Resource } from "../../world/resource-records.ts";
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
      // Whoever may read none is answered an empty list, and never refused.
      action: null,
      handle: (request) => {
        const { azure, caller } = request;
        const scope = `/subscriptions/${request.param("subscriptionId")}`;
        const matches = resourceFilter(request.query.get("$filter"));
        const mayRead = ({ id }: Resource) =>
          isAllowed(azure, caller, "action", `${action}/read`, id);
        const groups = listResources(azure.state, type, scope).filter(matches).filter(mayRead);
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

const deleted = () => new Response(null, { status: 200 });

/** A group's delete takes everything in it along and is accepted, not done, when it is answered. */
function startDelete(
  request: ManagementRequest,
  siteHost: SiteHost,
  longRunning: LongRunningOperations,
): Response {
  const { azure, id } = request;
  const group = requireResourceGroup(azure.state, id);
  group.properties["provisioningState"] = "Deleting";
  const work = later(() => deleteResource(azure, siteHost, group));
  const path = `/subscriptions/${request.tenant.subscriptionId}/operationresults`;
  return longRunning.start(request, work, deleted, { path, retryAfter: 15 });
}

/**
 * Goes on when the answer is on its way: until then the group is there, `Deleting`, and what is in it can be read and deleted
 * (recorded: 212 polls).
 */
async function later(work: () => Promise<void>): Promise<void> {
  await setTimeout(DELETION_MILLISECONDS, undefined, { ref: false });
  await work();
}

const DELETION_MILLISECONDS = 200;

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
