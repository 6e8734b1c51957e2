import { randomUUID } from "node:crypto";
import type { AppService } from "../app-service/app-service.ts";
import type { Resource } from "../state.ts";
import { deleteOperation } from "./delete-operation.ts";
import { isJsonObject, objectField, stringField, type JsonObject } from "./json-object.ts";
import type { ManagementRequest, Operation } from "./operation.ts";
import { readOperations } from "./read-operations.ts";
import {
  findResource,
  putResource,
  refuseWhileGroupIsDeleted,
  renderResource,
  requireLocation,
  requireResource,
  requireResourceGroup,
} from "./resource-store.ts";
import { writeSiteIdentity } from "./site-identity.ts";

const type = "Microsoft.Compute/virtualMachines";
const path = `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${type}/{name}`;

/**
 * Virtual machines (https://learn.microsoft.com/rest/api/compute/virtual-machines), as holders of managed identities: what
 * a body says of hardware, disks and network is kept and answered, and nothing runs.
 */
export function virtualMachineOperations(appService: AppService): Operation[] {
  return [
    ...readOperations(type, path, renderResource),
    { method: "PUT", path, action: `${type}/write`, handle: put },
    { method: "PATCH", path, action: `${type}/write`, handle: patch },
    deleteOperation(type, path, appService),
  ];
}

function put(request: ManagementRequest): Response {
  const { azure, id, body } = request;
  requireResourceGroup(azure.state, id);
  requireLocation(request);
  refuseWhileGroupIsDeleted(azure.state, id);
  const existing = findResource(azure.state, id);
  return write(request, objectField(body, "properties"), existing);
}

function patch(request: ManagementRequest): Response {
  const machine = requireResource(request);
  refuseWhileGroupIsDeleted(request.azure.state, request.id);
  const properties = { ...machine.properties, ...objectField(request.body, "properties") };
  const identity = mergeIdentity(request.body, machine.identity);
  return write({ ...request, body: { ...request.body, identity } }, properties, machine);
}

function write(
  request: ManagementRequest,
  given: JsonObject,
  existing: Resource | undefined,
): Response {
  const identity = writeSiteIdentity(request, existing?.identity);
  const { resource, created } = putResource(request, type, {
    ...withoutSecrets(given),
    vmId: existing?.properties["vmId"] ?? randomUUID(),
    timeCreated:
      existing?.properties["timeCreated"] ?? new Date(request.azure.clock.now()).toISOString(),
    provisioningState: "Succeeded",
  });
  resource.identity = identity;
  return Response.json(renderResource(resource), { status: created ? 201 : 200 });
}

/**
 * A PATCH names the user-assigned identities to add and, by null, those to remove; the others stay
 * (qs-configure-rest-vm, "Remove a user-assigned managed identity from an Azure VM").
 */
function mergeIdentity(body: JsonObject, existing: unknown): JsonObject | undefined {
  if (body["identity"] === undefined) return undefined;
  const given = objectField(body, "identity");
  if (!stringField(given, "type")?.includes("UserAssigned")) return given;
  const held = isJsonObject(existing) ? objectField(existing, "userAssignedIdentities") : {};
  const wanted = new Map<string, readonly [string, unknown]>();
  for (const entry of [held, objectField(given, "userAssignedIdentities")].flatMap(Object.entries))
    wanted.set(entry[0].toLowerCase(), entry);
  const left = [...wanted.values()].filter(([, value]) => value !== null);
  return { ...given, userAssignedIdentities: Object.fromEntries(left) };
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
