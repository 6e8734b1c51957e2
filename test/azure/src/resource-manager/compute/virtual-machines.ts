import { randomUUID } from "node:crypto";
import { type JsonObject, objectField } from "../../base/json.ts";
import type { SiteHost } from "../../service/site-host.ts";
import type { Resource } from "../../world/resource-records.ts";
import { readOperations } from "../engine/common-operations.ts";
import { deleteResource } from "../engine/delete-resource.ts";
import { writeHostIdentity } from "../engine/host-identity.ts";
import {
  accepted,
  type LongRunningOperations,
  secondsToWait,
} from "../engine/long-running-operations.ts";
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
import { machineProperties } from "./machine-properties.ts";

const type = "Microsoft.Compute/virtualMachines";
const path = `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${type}/{name}`;

/** Recorded on every write. */
const notified = { "azure-asyncnotification": "Enabled" };
const RETRY_AFTER = 10;

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
    {
      method: "PATCH",
      path,
      action: `${type}/write`,
      handle: (request) => patch(request, longRunning),
    },
    {
      method: "DELETE",
      path,
      action: `${type}/delete`,
      handle: (request) => remove(request, siteHost, longRunning),
    },
  ];
}

/** A new machine takes Azure some minutes: 201 with an operation to follow; writing it again some seconds, 200 with one. */
function put(request: ManagementRequest, longRunning: LongRunningOperations): Response {
  const { azure, id, body } = request;
  requireResourceGroup(azure.state, id);
  requireLocation(request);
  refuseWhileGroupIsDeleted(azure.state, id);
  const existing = findResource(azure.state, id);
  const machine = write(request, objectField(body, "properties"), existing);
  return answer(request, longRunning, machine, existing === undefined ? "Creating" : "Updating");
}

function answer(
  request: ManagementRequest,
  longRunning: LongRunningOperations,
  machine: Resource,
  provisioningState: "Creating" | "Updating",
): Response {
  const { "azure-asyncoperation": operation = "" } = longRunning.follow(request, Promise.resolve());
  const created = provisioningState === "Creating";
  const headers = {
    "azure-asyncoperation": operation,
    ...notified,
    ...(created ? { "retry-after": String(secondsToWait(request.azure, RETRY_AFTER)) } : {}),
  };
  const properties = { ...machine.properties, provisioningState };
  return Response.json(
    { ...renderResource(machine), properties },
    { status: created ? 201 : 200, headers },
  );
}

function patch(request: ManagementRequest, longRunning: LongRunningOperations): Response {
  const machine = requireResource(request);
  requireLocation(request);
  refuseWhileGroupIsDeleted(request.azure.state, request.id);
  const properties = { ...machine.properties, ...objectField(request.body, "properties") };
  const identity = mergeIdentity(request.body, machine.identity);
  const body = { tags: machine.tags, ...request.body, identity };
  const written = write({ ...request, body }, properties, machine);
  return answer(request, longRunning, written, "Updating");
}

function remove(
  request: ManagementRequest,
  siteHost: SiteHost,
  longRunning: LongRunningOperations,
): Response {
  const machine = findResource(request.azure.state, request.id);
  if (machine === undefined) return new Response(null, { status: 204 });
  const work = deleteResource(request.azure, siteHost, machine);
  return accepted(request, { ...longRunning.follow(request, work), ...notified }, RETRY_AFTER);
}

function write(
  request: ManagementRequest,
  given: JsonObject,
  existing: Resource | undefined,
): Resource {
  const kept = machineProperties(withoutSecrets(given));
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
