import type { AppService } from "../app-service/app-service.ts";
import type { Resource } from "../state.ts";
import { deleteResource } from "./delete-resource.ts";
import { objectField, stringField } from "./json-object.ts";
import { ManagementError } from "./management-error.ts";
import type { ManagementRequest, Operation } from "./operation.ts";
import {
  findResource,
  listResources,
  putResource,
  renderResource,
  requireParent,
  writeEnvelope,
} from "./resource-store.ts";

const type = "Microsoft.Storage/storageAccounts/blobServices/containers";
const parent =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Storage/storageAccounts/{accountName}/blobServices/default/containers";
const path = `${parent}/{containerName}`;

/** Blob containers (https://learn.microsoft.com/rest/api/storagerp/blob-containers). */
export function blobContainerOperations(appService: AppService): Operation[] {
  return [
    {
      method: "GET",
      path: parent,
      action: `${type}/read`,
      handle: (request) => {
        const { id } = requireAccount(request);
        const containers = listResources(request.azure.state, type, id);
        return Response.json({ value: containers.map(renderResource) });
      },
    },
    {
      method: "GET",
      path,
      action: `${type}/read`,
      handle: (request) => Response.json(renderResource(requireContainer(request))),
    },
    { method: "PUT", path, action: `${type}/write`, handle: put },
    { method: "PATCH", path, action: `${type}/write`, handle: patch },
    {
      method: "DELETE",
      path,
      action: `${type}/delete`,
      handle: async (request) => {
        requireAccount(request);
        const container = findResource(request.azure.state, request.id);
        if (container === undefined) return new Response(null, { status: 204 });
        await deleteResource(request.azure, appService, container);
        return new Response(null, { status: 200 });
      },
    },
  ];
}

function put(request: ManagementRequest): Response {
  const account = requireAccount(request);
  requireContainerName(request.param("containerName"));
  const given = objectField(request.body, "properties");
  refusePublicAccess(account, stringField(given, "publicAccess"));
  const { resource, created } = putResource(request, type, {
    publicAccess: "None",
    leaseStatus: "Unlocked",
    leaseState: "Available",
    hasImmutabilityPolicy: false,
    hasLegalHold: false,
    ...findResource(request.azure.state, request.id)?.properties,
    ...given,
  });
  return Response.json(renderResource(resource), { status: created ? 201 : 200 });
}

function patch(request: ManagementRequest): Response {
  const container = requireContainer(request);
  const given = objectField(request.body, "properties");
  refusePublicAccess(requireAccount(request), stringField(given, "publicAccess"));
  writeEnvelope(container, request.body);
  Object.assign(container.properties, given);
  return Response.json(renderResource(container));
}

function requireAccount({ azure, id }: ManagementRequest): Resource {
  const accountId = id.slice(0, id.indexOf("/blobServices/"));
  return requireParent(azure.state, accountId, "storageAccounts/blobServices/containers");
}

function requireContainer(request: ManagementRequest): Resource {
  requireAccount(request);
  const container = findResource(request.azure.state, request.id);
  if (container !== undefined) return container;
  throw new ManagementError(404, "ContainerNotFound", "The specified container does not exist.");
}

/** https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata */
function requireContainerName(name: string): void {
  if (/^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(name)) return;
  throw new ManagementError(
    400,
    "ContainerOperationFailure",
    `The specified resource name contains invalid characters: '${name}'.`,
  );
}

function refusePublicAccess(account: Resource, publicAccess: string | undefined): void {
  if (publicAccess === undefined || publicAccess === "None") return;
  if (account.properties["allowBlobPublicAccess"] === true) return;
  throw new ManagementError(
    409,
    "PublicAccessNotPermitted",
    "Public access is not permitted on this storage account.",
  );
}
