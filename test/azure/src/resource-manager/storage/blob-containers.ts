import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../base/json.ts";
import type { SiteHost } from "../../service/site-host.ts";
import type { Resource } from "../../world/resource-records.ts";
import { deleteResource } from "../engine/delete-resource.ts";
import { ManagementError } from "../engine/errors.ts";
import { requireMatch } from "../engine/etag.ts";
import { givenProperties } from "../engine/given-properties.ts";
import { listPage } from "../engine/list-page.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";
import {
  findResource,
  listResources,
  putResource,
  requireParent,
  writeEnvelope,
} from "../engine/resource-store.ts";
import { fixed, read, render, tagged, written } from "./render-container.ts";
import { requireContainerProperties } from "./container-properties.ts";

const type = "Microsoft.Storage/storageAccounts/blobServices/containers";
const parent =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Storage/storageAccounts/{accountName}/blobServices/default/containers";
const path = `${parent}/{containerName}`;

/** Blob containers (https://learn.microsoft.com/rest/api/storagerp/blob-containers). */
export function blobContainerOperations(siteHost: SiteHost): Operation[] {
  return [
    {
      method: "GET",
      path: parent,
      action: `${type}/read`,
      handle: (request) => {
        const { id } = requireAccount(request);
        return list(request, listResources(request.azure.state, type, id));
      },
    },
    {
      method: "GET",
      path,
      action: `${type}/read`,
      handle: (request) => tagged(requireContainer(request), read),
    },
    { method: "PUT", path, action: `${type}/write`, conditional: true, handle: put },
    { method: "PATCH", path, action: `${type}/write`, conditional: true, handle: patch },
    {
      method: "DELETE",
      path,
      action: `${type}/delete`,
      conditional: true,
      handle: async (request) => {
        requireAccount(request);
        const container = findResource(request.azure.state, request.id);
        requireMatch(request.headers, container);
        if (container === undefined) return new Response(null, { status: 204 });
        await deleteResource(request.azure, siteHost, container);
        return new Response(null, { status: 200 });
      },
    },
  ];
}

/**
 * Pages of `$maxpagesize`, 5000 at most and by default, of the containers whose names begin with `$filter`
 * (rest/api/storagerp/blob-containers/list). Nothing deleted is kept, so that `$include=deleted` adds nothing.
 */
function list(request: ManagementRequest, containers: readonly Resource[]): Response {
  const prefix = request.query.get("$filter") ?? "";
  const found = containers.filter(({ name }) => name.startsWith(prefix));
  const paging = { size: "$maxpagesize", token: "$skipToken", most: 5000 };
  return listPage(request, found.map(render), paging);
}

function put(request: ManagementRequest): Response {
  const account = requireAccount(request);
  requireContainerName(request.param("containerName"));
  const given = givenProperties(request.body);
  requireContainerProperties(account, given);
  const existing = findResource(request.azure.state, request.id);
  requireMatch(request.headers, existing);
  const { resource, created } = putResource(request, type, {
    ...defaults,
    ...existing?.properties,
    ...given,
    ...fixed,
    lastModifiedTime: now(request),
  });
  return tagged(resource, (container) => written(container, given), created ? 201 : 200);
}

function patch(request: ManagementRequest): Response {
  const container = requireContainer(request);
  const given = givenProperties(request.body);
  requireContainerProperties(requireAccount(request), given);
  requireMatch(request.headers, container);
  writeEnvelope(container, request.body);
  Object.assign(container.properties, given, fixed, { lastModifiedTime: now(request) });
  return tagged(container, render);
}

/** What Azure answers for the properties that a body leaves out. */
const defaults: JsonObject = {
  publicAccess: "None",
  defaultEncryptionScope: "$account-encryption-key",
  denyEncryptionScopeOverride: false,
};

function now({ azure }: ManagementRequest): string {
  return new Date(azure.clock.now()).toISOString();
}

function requireAccount({ azure, id }: ManagementRequest): Resource {
  const accountId = id.slice(0, id.indexOf("/blobServices/"));
  return requireParent(azure.state, accountId, "storageAccounts/blobServices/containers");
}

function requireContainer(request: ManagementRequest): Resource {
  requireAccount(request);
  const container = findResource(request.azure.state, request.id);
  if (container !== undefined) return container;
  throw new ManagementError(
    404,
    "ContainerNotFound",
    `The specified container does not exist.\nRequestId:${randomUUID()}\nTime:${now(request)}`,
  );
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
