import { type JsonObject, stringField, stringMapField } from "../../base/json.ts";
import type { Azure } from "../../service/azure.ts";
import type { Resource } from "../../world/resource-records.ts";
import type { State } from "../../world/state.ts";
import { ManagementError } from "./errors.ts";
import type { ManagementRequest } from "./operation.ts";
import { locationName } from "./regions.ts";

/** The resource with this id, in whatever case the id is written. */
export function findResource(state: State, id: string): Resource | undefined {
  return state.resources.get(id.toLowerCase());
}

/** Resources of one type at or below a scope, by name. */
export function listResources(state: State, type: string, scope: string): Resource[] {
  const prefix = `${scope}/`.toLowerCase();
  return [...state.resources.values()]
    .filter((resource) => resource.type === type && resource.id.toLowerCase().startsWith(prefix))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** The resource that the request's path names. Throws ResourceNotFound. */
export function requireResource({ azure, id }: ManagementRequest): Resource {
  const resource = findResource(azure.state, id);
  if (resource !== undefined) return resource;
  const [, group, provider] = /\/resourceGroups\/([^/]+)\/providers\/(.+)$/i.exec(id) ?? [];
  if (group !== undefined) requireResourceGroup(azure.state, id);
  throw new ManagementError(
    404,
    "ResourceNotFound",
    `The Resource '${resourceTypeAndName(provider ?? id)}' under resource group '${group ?? "<null>"}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
}

/** The resource group that holds `id`. Throws ResourceGroupNotFound. */
export function requireResourceGroup(state: State, id: string): Resource {
  const [groupId = id, name = ""] = resourceGroupOf(id);
  const group = findResource(state, groupId);
  if (group !== undefined) return group;
  throw new ManagementError(
    404,
    "ResourceGroupNotFound",
    `Resource group '${name}' could not be found.`,
  );
}

/** Refuses to write what is nested in a resource that does not exist. Throws ParentResourceNotFound. */
export function requireParent(state: State, parentId: string, type: string): Resource {
  requireResourceGroup(state, parentId);
  const parent = findResource(state, parentId);
  if (parent !== undefined) return parent;
  throw new ManagementError(
    404,
    "ParentResourceNotFound",
    `Failed to perform 'write' on resource(s) of type '${type}', because the parent resource '${parentId}' could not be found.`,
  );
}

/**
 * Writes the envelope fields of a PUT body (location, kind, sku, tags) and `properties` to the resource at the
 * request's path, creating it when it is not there.
 */
export function putResource(
  { azure, id, tenant, body }: ManagementRequest,
  type: string,
  properties: JsonObject,
): { resource: Resource; created: boolean } {
  refuseWhileGroupIsDeleted(azure.state, id);
  const existing = findResource(azure.state, id);
  const resource: Resource = existing ?? {
    id,
    name: id.slice(id.lastIndexOf("/") + 1),
    type,
    tenantId: tenant.tenantId,
    subscriptionId: tenant.subscriptionId,
    properties: {},
  };
  writeEnvelope(resource, body);
  // A PUT replaces: tags that it leaves out are gone.
  if (!body["tags"]) delete resource.tags;
  resource.properties = properties;
  azure.state.resources.set(id.toLowerCase(), resource);
  return { resource, created: existing === undefined };
}

/** The fields beside `properties` of a PUT or PATCH body. Throws InvalidRequestContent for one of another type. */
export function readEnvelope(body: JsonObject) {
  return {
    location: stringField(body, "location"),
    kind: stringField(body, "kind"),
    tags: stringMapField(body, "tags"),
  };
}

/** Takes over the fields beside `properties` that a PUT or PATCH body gives. */
export function writeEnvelope(resource: Resource, body: JsonObject): void {
  const { location, kind, tags } = readEnvelope(body);
  // An empty one is none, as where a location is required.
  if (location) resource.location = locationName(location);
  if (kind !== undefined) resource.kind = kind;
  if (tags !== undefined) resource.tags = tags;
  if (body["sku"] !== undefined && body["sku"] !== null) resource.sku = body["sku"];
}

/** Notes when a client wrote the resource with this id, if it is one. */
export function recordChange({ state, clock }: Azure, id: string): void {
  const resource = findResource(state, id);
  if (resource === undefined) return;
  const now = new Date(clock.now()).toISOString();
  resource.createdTime ??= now;
  resource.changedTime = now;
}

/** A resource as Resource Manager answers it; the bookkeeping of the local Azure stays inside. */
export function renderResource(resource: Resource): JsonObject {
  const { id, name, type, location, kind, sku, tags, identity, properties } = resource;
  return { id, name, type, location, kind, sku, tags, identity, properties };
}

/** Refuses to write into a resource group that is being deleted. Throws ResourceGroupBeingDeleted. */
export function refuseWhileGroupIsDeleted(state: State, id: string): void {
  const [groupId = id, name = ""] = resourceGroupOf(id);
  if (findResource(state, groupId)?.properties["provisioningState"] !== "Deleting") return;
  throw new ManagementError(
    409,
    "ResourceGroupBeingDeleted",
    `The resource group '${name}' is in deprovisioning state and cannot perform this operation.`,
  );
}

/** Id and name of the resource group in an id, empty for an id outside of any. */
function resourceGroupOf(id: string): readonly string[] {
  return /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)/i.exec(id) ?? [];
}

function resourceTypeAndName(provider: string): string {
  // Resource Manager spells the type of a plan in this way (recorded).
  const spelled = provider.replace(/\/serverfarms\//i, "/serverFarms/");
  const [namespace = "", ...rest] = spelled.split("/");
  const types = rest.filter((_, index) => index % 2 === 0);
  const names = rest.filter((_, index) => index % 2 === 1);
  return [namespace, ...types, ...names].join("/");
}

/**
 * The top-level resource, `/subscriptions/S/resourceGroups/G/providers/N/T/name`, that the request's path names an action or a
 * part of. Throws ResourceNotFound.
 */
export function requireTopLevelResource(request: ManagementRequest): Resource {
  return requireResource({ ...request, id: request.id.split("/").slice(0, 9).join("/") });
}
