import { objectField } from "../../base/json.ts";
import type { SiteHost } from "../../service/site-host.ts";
import type { VaultListeners } from "../../service/vault-listeners.ts";
import { vaultDnsSuffix } from "../../world/names/vault-address.ts";
import type { Resource } from "../../world/resource-records.ts";
import { recoverableVaults, restoreVault } from "../../world/resources/vaults.ts";
import { deleteOperation, readOperations } from "../engine/common-operations.ts";
import { ManagementError } from "../engine/errors.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";
import { requireLocation } from "../engine/require-location.ts";
import {
  findResource,
  putResource,
  refuseWhileGroupIsDeleted,
  requireResource,
  requireResourceGroup,
  writeEnvelope,
} from "../engine/resource-store.ts";
import { recordWriter, renderNewVault, renderVault, vaultList } from "./render-vault.ts";
import { checkVaultNameAvailability, requireFreeVaultName } from "./vault-name.ts";
import { vaultProperties } from "./vault-properties.ts";

const type = "Microsoft.KeyVault/vaults";
const path = `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${type}/{vaultName}`;

/** Key vaults (https://learn.microsoft.com/rest/api/keyvault/keyvault/vaults). */
export function vaultOperations(siteHost: SiteHost, vaultListeners: VaultListeners): Operation[] {
  return [
    checkVaultNameAvailability,
    ...readOperations(type, path, renderVault, vaultList),
    {
      method: "PUT",
      path,
      action: `${type}/write`,
      handle: (request) => put(request, vaultListeners),
    },
    { method: "PATCH", path, action: `${type}/write`, handle: patch },
    deleteOperation(type, path, siteHost),
  ];
}

async function put(request: ManagementRequest, vaultListeners: VaultListeners): Promise<Response> {
  requireAcceptable(request);
  const origin = await vaultOrigin(request, vaultListeners);
  // The listener took its time, in which another request may have taken the name.
  const properties = requireAcceptable(request);
  const deleted = recovered(request);
  if (deleted !== undefined) restoreVault(request.azure.state, deleted);
  const existed = findResource(request.azure.state, request.id) !== undefined;
  const written = { ...properties, vaultUri: `${origin}/` };
  const { resource } = putResource(request, type, written);
  recordWriter(request, resource);
  return Response.json(existed ? renderVault(resource) : renderNewVault(resource));
}

async function vaultOrigin(
  { azure, param }: ManagementRequest,
  vaultListeners: VaultListeners,
): Promise<string> {
  const name = param("vaultName");
  if (azure.vaultAddresses !== "host") return vaultListeners.open(name);
  return `https://${name.toLowerCase()}.${vaultDnsSuffix(azure.endpoints)}`;
}

/** The vault's properties after the request. Throws the first refusal. */
function requireAcceptable(request: ManagementRequest): Resource["properties"] {
  const { azure, id, body } = request;
  requireResourceGroup(azure.state, id);
  refuseWhileGroupIsDeleted(azure.state, id);
  const existing = findResource(azure.state, id) ?? recovered(request);
  if (existing === undefined) {
    requireLocation(request);
    requireFreeVaultName(request);
  }
  return vaultProperties(request, objectField(body, "properties"), existing?.properties);
}

/** The deleted vault that a PUT with `createMode` recover brings back. Throws SoftDeletedVaultDoesNotExist. */
function recovered(request: ManagementRequest): Resource | undefined {
  const live = findResource(request.azure.state, request.id);
  if (mode(request) !== "recover" || live !== undefined) return undefined;
  const id = request.id.toLowerCase();
  const deleted = recoverableVaults(request.azure).find(
    ({ vault }) => vault.id.toLowerCase() === id,
  );
  if (deleted !== undefined) return deleted.vault;
  throw new ManagementError(
    400,
    "SoftDeletedVaultDoesNotExist",
    "A soft deleted vault with the given name does not exist. Ensure that the name for the vault that is being attempted to recover is in a recoverable state. For more information on soft delete please follow this link https://go.microsoft.com/fwlink/?linkid=2149745",
  );
}

function mode({ body }: ManagementRequest): unknown {
  return objectField(body, "properties")["createMode"];
}

function patch(request: ManagementRequest): Response {
  const vault = requireResource(request);
  requireLocation(request);
  const given = objectField(request.body, "properties");
  const { vaultUri } = vault.properties;
  const properties = vaultProperties(request, given, vault.properties);
  writeEnvelope(vault, request.body);
  vault.properties = { ...properties, vaultUri };
  recordWriter(request, vault);
  return Response.json(renderVault(vault));
}
