import { type JsonObject, objectField } from "../../base/json.ts";
import type { Resource } from "../../world/resource-records.ts";
import { givenProperties } from "../engine/given-properties.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";
import {
  findResource,
  putResource,
  renderResource,
  requireParent,
} from "../engine/resource-store.ts";
import { refuseBlobFeatures, requireRetentionPolicies } from "./blob-service-properties.ts";

const type = "Microsoft.Storage/storageAccounts/blobServices";
const parent =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Storage/storageAccounts/{accountName}/blobServices";
const path = `${parent}/default`;

/**
 * Blob service properties (https://learn.microsoft.com/rest/api/storagerp/blob-services). They are kept and answered;
 * soft delete is not carried out.
 */
export const blobServiceOperations: Operation[] = [
  {
    method: "GET",
    path: parent,
    action: `${type}/read`,
    handle: (request) =>
      Response.json({ value: [read({ ...request, id: `${request.id}/default` })] }),
  },
  {
    method: "GET",
    path,
    action: `${type}/read`,
    handle: (request) => Response.json(read(request)),
  },
  {
    method: "PUT",
    path,
    action: `${type}/write`,
    missing:
      "soft delete, which is kept and not carried out; versions, change feed, CORS, default version, restore, access times and static website, which are answered 501",
    handle: put,
  },
];

function read(request: ManagementRequest): JsonObject {
  const { sku } = requireAccount(request);
  const written = findResource(request.azure.state, request.id);
  const given = written?.properties ?? defaults;
  const retention = objectField(given, "deleteRetentionPolicy");
  // What a read adds to what was written (recorded: 41 answers).
  const properties = {
    cors: { corsRules: [] },
    ...given,
    deleteRetentionPolicy: { allowPermanentDelete: false, ...retention },
  };
  return { sku, id: request.id, name: "default", type, properties };
}

/** What Azure answers for the properties that a body leaves out. */
const defaults: JsonObject = { deleteRetentionPolicy: { enabled: false } };

function put(request: ManagementRequest): Response {
  requireAccount(request);
  const given = givenProperties(request.body);
  requireRetentionPolicies(given);
  refuseBlobFeatures(given);
  const { resource } = putResource(request, type, { ...defaults, ...given });
  return Response.json(renderResource(resource));
}

function requireAccount({ azure, id }: ManagementRequest): Resource {
  return requireParent(
    azure.state,
    id.slice(0, id.lastIndexOf("/blobServices/")),
    "storageAccounts/blobServices",
  );
}
