import type { AppService } from "../app-service/app-service.ts";
import { deleteOperation } from "./delete-operation.ts";
import { objectField, type JsonObject } from "./json-object.ts";
import type { LongRunningOperations } from "./long-running-operations.ts";
import { ManagementError } from "./management-error.ts";
import type { ManagementRequest, Operation } from "./operation.ts";
import { readOperations } from "./read-operations.ts";
import {
  findResource,
  putResource,
  renderResource,
  requireLocation,
  requireResource,
  requireResourceGroup,
  writeEnvelope,
} from "./resource-store.ts";
import { checkNameAvailability, requireFreeAccountName } from "./storage-account-name.ts";

const type = "Microsoft.Storage/storageAccounts";
const path = `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${type}/{accountName}`;

/** Storage accounts (https://learn.microsoft.com/rest/api/storagerp/storage-accounts). */
export function storageAccountOperations(
  appService: AppService,
  longRunning: LongRunningOperations,
): Operation[] {
  return [
    checkNameAvailability,
    ...readOperations(type, path, renderResource),
    {
      method: "PUT",
      path,
      action: `${type}/write`,
      handle: (request) => put(request, longRunning),
    },
    { method: "PATCH", path, action: `${type}/write`, handle: patch },
    deleteOperation(type, path, appService),
    {
      method: "POST",
      path: `${path}/listKeys`,
      action: `${type}/listkeys/action`,
      handle: listKeys,
    },
  ];
}

/** Creating an account takes Azure some seconds: 202 with a `Location` to poll. Writing it again is done at once. */
function put(request: ManagementRequest, longRunning: LongRunningOperations): Response {
  const { azure, id, body, tenant, query, param } = request;
  requireResourceGroup(azure.state, id);
  requireLocation(request);
  requireFreeAccountName(azure.state, param("accountName"), id);
  const existing = findResource(azure.state, id)?.properties ?? {};
  const { resource, created } = putResource(request, type, {
    ...defaults,
    ...existing,
    ...objectField(body, "properties"),
    ...computed(request),
  });
  resource.kind ??= "StorageV2";
  const finish = (): Response => Response.json(renderResource(resource));
  if (!created) return finish();
  return longRunning.start(
    azure.endpoints.resourceManager,
    tenant.subscriptionId,
    query.get("api-version") ?? "",
    Promise.resolve(),
    finish,
  );
}

function patch(request: ManagementRequest): Response {
  const account = requireResource(request);
  writeEnvelope(account, request.body);
  Object.assign(account.properties, objectField(request.body, "properties"));
  return Response.json(renderResource(account));
}

/** What Azure answers for the properties that a body leaves out. */
const defaults: JsonObject = {
  accessTier: "Hot",
  supportsHttpsTrafficOnly: true,
  minimumTlsVersion: "TLS1_0",
  allowBlobPublicAccess: false,
  networkAcls: {
    bypass: "AzureServices",
    virtualNetworkRules: [],
    ipRules: [],
    defaultAction: "Allow",
  },
};

function computed({ azure, body, param }: ManagementRequest): JsonObject {
  const location = body["location"];
  return {
    provisioningState: "Succeeded",
    creationTime: new Date(azure.clock.now()).toISOString(),
    primaryLocation: location,
    statusOfPrimary: "available",
    primaryEndpoints: { blob: `${azure.endpoints.storage}/${param("accountName")}/` },
  };
}

/** Nothing here accepts account keys, so there are none. */
function listKeys(request: ManagementRequest): Response {
  throw new ManagementError(
    501,
    "NotImplemented",
    `POST ${request.id} is not emulated: accounts have no keys`,
  );
}
