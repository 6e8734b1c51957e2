import { type JsonObject, objectField } from "../../base/json.ts";
import type { Resource } from "../../world/resource-records.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";
import { requireTopLevelResource } from "../engine/require-top-level-resource.ts";
import { findResource, putResource, renderResource } from "../engine/resource-store.ts";

const type = "Microsoft.Web/sites/basicPublishingCredentialsPolicies";
const parent =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Web/sites/{name}/basicPublishingCredentialsPolicies";

/**
 * Whether FTP and SCM take user names and passwords
 * (https://learn.microsoft.com/azure/app-service/configure-basic-auth-disable). A policy always exists with its site:
 * there is no DELETE, and until it is written it allows.
 */
export const publishingPolicyOperations: Operation[] = ["ftp", "scm"].flatMap(
  (name): Operation[] => [
    { method: "GET", path: `${parent}/${name}`, action: `${type}/read`, handle: get },
    { method: "PUT", path: `${parent}/${name}`, action: `${type}/write`, handle: put },
  ],
);

function get(request: ManagementRequest): Response {
  const site = requireTopLevelResource(request);
  const written = findResource(request.azure.state, request.id);
  return Response.json(written ? renderResource(written) : unwritten(request.id, site));
}

function put(request: ManagementRequest): Response {
  requireTopLevelResource(request);
  const { resource } = putResource(request, type, objectField(request.body, "properties"));
  return Response.json(renderResource(resource));
}

function unwritten(id: string, { location }: Resource): JsonObject {
  const name = id.slice(id.lastIndexOf("/") + 1);
  return { id, name, type, location, properties: { allow: true } };
}
