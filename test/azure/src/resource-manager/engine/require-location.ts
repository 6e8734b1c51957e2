import { stringField } from "../../base/json.ts";
import { ManagementError } from "./errors.ts";
import type { ManagementRequest } from "./operation.ts";
import { canaryRegions, locationName, regions } from "./regions.ts";
import { findResource } from "./resource-store.ts";
import { fullTypeOf } from "./resource-type.ts";

/**
 * The location of a body, which a tracked resource must have when it is created and keeps for good. Throws LocationRequired,
 * LocationNotAvailableForResourceType or InvalidResourceLocation.
 */
export function requireLocation(request: ManagementRequest): void {
  const { azure, id, body } = request;
  const existing = findResource(azure.state, id);
  const location = stringField(body, "location");
  if (!location) {
    if (existing !== undefined) return;
    throw new ManagementError(
      400,
      "LocationRequired",
      "The location property is required for this definition.",
    );
  }
  if (!isAvailable(request, location)) throw notAvailable(location, fullTypeOf(id));
  const kept = existing?.location;
  if (kept === undefined || locationName(kept) === locationName(location)) return;
  const [, group = ""] = /\/resourceGroups\/([^/]+)/i.exec(id) ?? [];
  throw new ManagementError(
    409,
    "InvalidResourceLocation",
    `The resource '${existing?.name}' already exists in location '${kept}' in resource group '${group}'. A resource with the same name cannot be created in location '${location}'. Please select a new resource name.`,
  );
}

/** The same for a resource group. Throws LocationRequired, LocationNotAvailableForResourceGroup or InvalidResourceGroupLocation. */
export function requireGroupLocation(request: ManagementRequest): void {
  const location = stringField(request.body, "location");
  const existing = findResource(request.azure.state, request.id);
  if (!location)
    throw new ManagementError(
      400,
      "LocationRequired",
      "The location property is required for this definition.",
    );
  if (!isAvailable(request, location))
    throw new ManagementError(
      400,
      "LocationNotAvailableForResourceGroup",
      `The provided location '${location}' is not available for resource group. List of available regions is '${names()}'.`,
    );
  if (existing === undefined || locationName(existing.location ?? "") === locationName(location))
    return;
  throw new ManagementError(
    409,
    "InvalidResourceGroupLocation",
    `Invalid resource group location '${location}'. The Resource group already exists in location '${existing.location}'.`,
  );
}

/** A region of any public cloud, or the one that the subscription was seeded with. */
function isAvailable({ tenant }: ManagementRequest, location: string): boolean {
  const name = locationName(location);
  if (name === locationName(tenant.location) || canaryRegions.includes(name)) return true;
  return regions.some((region) => region.name === name);
}

function notAvailable(location: string, type: string): ManagementError {
  return new ManagementError(
    400,
    "LocationNotAvailableForResourceType",
    `The provided location '${location}' is not available for resource type '${type}'. List of available regions for the resource type is '${names()}'.`,
  );
}

function names(): string {
  return regions.map(({ name }) => name).join(",");
}
