import { randomUUID } from "node:crypto";
import { type JsonObject, objectField } from "../../base/json.ts";
import type { SiteHost } from "../../service/site-host.ts";
import type { Resource } from "../../world/resource-records.ts";
import { readOperations } from "../engine/common-operations.ts";
import { deleteResource } from "../engine/delete-resource.ts";
import { writeHostIdentity } from "../engine/host-identity.ts";
import { accepted, type LongRunningOperations } from "../engine/long-running-operations.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";
import { mergeIdentity } from "../engine/requested-identity.ts";
import { requireLocation } from "../engine/require-location.ts";
import {
  findResource,
  putResource,
  refuseWhileGroupIsDeleted,
  renderResource,
  requireResource,
  requireResourceGroup,
} from "../engine/resource-store.ts";

const type = "Microsoft.Compute/virtualMachines";
const path = `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${type}/{name}`;

/**
 * Virtual machines (https://learn.microsoft.com/rest/api/compute/virtual-machines), as holders of managed identities: what
 * a body says of hardware, disks and network is kept and answered, and nothing runs.
 */
export function virtualMachineOperations(
  siteHost: SiteHost,
  longRunning: LongRunningOperations,
): Operation[] {
  return [
    ...readOperations(type, path, renderResource),
    {
      method: "PUT",
      path,
      action: `${type}/write`,
      handle: (request) => put(request, longRunning),
    },
    { method: "PATCH", path, action: `${type}/write`, handle: patch },
    {
      method: "DELETE",
      path,
      action: `${type}/delete`,
      handle: (request) => remove(request, siteHost, longRunning),
    },
  ];
}

/** A new machine takes Azure some minutes: 201 with an operation to follow. Writing it again is done at once. */
function put(request: ManagementRequest, longRunning: LongRunningOperations): Response {
  const { azure, id, body } = request;
  requireResourceGroup(azure.state, id);
  requireLocation(request);
  refuseWhileGroupIsDeleted(azure.state, id);
  const existing = findResource(azure.state, id);
  const machine = write(request, objectField(body, "properties"), existing);
  if (existing !== undefined) return Response.json(renderResource(machine));
  const { "azure-asyncoperation": operation = "" } = longRunning.follow(request, Promise.resolve());
  const properties = { ...machine.properties, provisioningState: "Creating" };
  return Response.json(
    { ...renderResource(machine), properties },
    { status: 201, headers: { "azure-asyncoperation": operation, "retry-after": "1" } },
  );
}

function patch(request: ManagementRequest): Response {
  const machine = requireResource(request);
  requireLocation(request);
  refuseWhileGroupIsDeleted(request.azure.state, request.id);
  const properties = { ...machine.properties, ...objectField(request.body, "properties") };
  const identity = mergeIdentity(request.body, machine.identity);
  const body = { tags: machine.tags, ...request.body, identity };
  return Response.json(renderResource(write({ ...request, body }, properties, machine)));
}

function remove(
  request: ManagementRequest,
  siteHost: SiteHost,
  longRunning: LongRunningOperations,
): Response {
  const machine = findResource(request.azure.state, request.id);
  if (machine === undefined) return new Response(null, { status: 204 });
  const work = deleteResource(request.azure, siteHost, machine);
  return accepted(longRunning.follow(request, work));
}

function write(
  request: ManagementRequest,
  given: JsonObject,
  existing: Resource | undefined,
): Resource {
  const kept = withoutSecrets(given);
  const identity = writeHostIdentity(request, existing?.identity);
  const { resource } = putResource(request, type, {
    ...kept,
    vmId: existing?.properties["vmId"] ?? randomUUID(),
    timeCreated:
      existing?.properties["timeCreated"] ?? new Date(request.azure.clock.now()).toISOString(),
    provisioningState: "Succeeded",
  });
  resource.identity = identity;
  return resource;
}

/** The operating system's password and data can be written but never read, so they are not kept. */
function withoutSecrets(properties: JsonObject): JsonObject {
  if (properties["osProfile"] === undefined) return properties;
  const {
    adminPassword: _password,
    customData: _data,
    ...osProfile
  } = objectField(properties, "osProfile");
  return { ...properties, osProfile };
}
