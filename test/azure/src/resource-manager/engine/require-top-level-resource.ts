import type { Resource } from "../../world/resource-records.ts";
import type { ManagementRequest } from "./operation.ts";
import { requireResource } from "./resource-store.ts";

/**
 * The top-level resource, `/subscriptions/S/resourceGroups/G/providers/N/T/name`, that the request's path names an action or a
 * part of. Throws ResourceNotFound.
 */
export function requireTopLevelResource(request: ManagementRequest): Resource {
  return requireResource({ ...request, id: request.id.split("/").slice(0, 9).join("/") });
}
