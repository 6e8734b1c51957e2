import { type JsonObject, stringField } from "../../base/json.ts";
import type { SiteHost } from "../../service/site-host.ts";
import type { Resource } from "../../world/resource-records.ts";
import { deleteOperation, readOperations } from "../engine/common-operations.ts";
import { givenProperties } from "../engine/given-properties.ts";
import type { LongRunningOperations } from "../engine/long-running-operations.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";
import { locationName } from "../engine/regions.ts";
import { requireLocation } from "../engine/require-location.ts";
import {
  findResource,
  putResource,
  requireResource,
  requireResourceGroup,
  writeEnvelope,
} from "../engine/resource-store.ts";
import { primaryEndpoints } from "./account-endpoints.ts";
import { revokeDelegationKeys } from "./account-keys.ts";
import { renderAccount } from "./render-account.ts";
import { checkNameAvailability, requireFreeAccountName } from "./account-name.ts";
import {
  completeSku,
  requireAccountProperties,
  requireKindAndSku,
  requireSkuName,
} from "./account-properties.ts";

const type = "Microsoft.Storage/storageAccounts";
const path = `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${type}/{accountName}`;

/** Storage accounts (https://learn.microsoft.com/rest/api/storagerp/storage-accounts). */
export function storageAccountOperations(
  siteHost: SiteHost,
  longRunning: LongRunningOperations,
): Operation[] {
  return [
    checkNameAvailability,
    ...readOperations(type, path, renderAccount),
    {
      method: "PUT",
      path,
      action: `${type}/write`,
      handle: (request) => put(request, longRunning),
    },
    { method: "PATCH", path, action: `${type}/write`, handle: patch },
    deleteOperation(type, path, siteHost),
    revokeDelegationKeys,
  ];
}

/** Creating an account takes Azure some seconds: 202 with a `Location` to poll. Writing it again is done at once. */
function put(request: ManagementRequest, longRunning: LongRunningOperations): Response {
  const { azure, id, body, param } = request;
  requireResourceGroup(azure.state, id);
  requireLocation(request);
  requireFreeAccountName(azure.state, param("accountName"), id);
  const existing = findResource(azure.state, id);
  const given = givenProperties(body);
  if (existing === undefined) requireKindAndSku(body);
  else requireSkuName(body);
  requireAccountProperties(given);
  const { resource, created } = putResource(request, type, {
    ...defaults,
    ...existing?.properties,
    ...given,
    ...fixed(request, existing),
  });
  resource.sku = completeSku(resource.sku);
  const finish = (): Response => Response.json(renderAccount(resource));
  if (!created) return finish();
  return longRunning.start(request, Promise.resolve(), finish, creation(request));
}

function patch(request: ManagementRequest): Response {
  const account = requireResource(request);
  requireLocation(request);
  const given = givenProperties(request.body);
  requireSkuName(request.body);
  requireAccountProperties(given);
  writeEnvelope(account, request.body);
  account.sku = completeSku(account.sku);
  Object.assign(account.properties, given, fixed(request, account));
  return Response.json(renderAccount(account));
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
  privateEndpointConnections: [],
  encryption: {
    services: {
      blob: { keyType: "Account", enabled: true },
      file: { keyType: "Account", enabled: true },
    },
    keySource: "Microsoft.Storage",
  },
};

/** How a creation is followed (recorded, with the seconds to wait). */
function creation({ tenant, body }: ManagementRequest) {
  const region = locationName(stringField(body, "location") ?? "");
  const locations = `/subscriptions/${tenant.subscriptionId}/providers/Microsoft.Storage/locations`;
  return { path: `${locations}/${region}/asyncoperations`, query: "monitor=true", retryAfter: 17 };
}

/** What Azure adds to a new account and keeps for good, whatever a body says of it. */
function fixed(request: ManagementRequest, existing: Resource | undefined): JsonObject {
  const added = computed(request);
  if (existing === undefined) return added;
  return Object.fromEntries(Object.keys(added).map((name) => [name, existing.properties[name]]));
}

function computed({ azure, body, param }: ManagementRequest): JsonObject {
  const creationTime = new Date(azure.clock.now()).toISOString();
  return {
    provisioningState: "Succeeded",
    creationTime,
    primaryLocation: locationName(stringField(body, "location") ?? ""),
    statusOfPrimary: "available",
    primaryEndpoints: primaryEndpoints(
      azure,
      param("accountName"),
      stringField(body, "kind") ?? "",
    ),
    keyCreationTime: { key1: creationTime, key2: creationTime },
  };
}
