import type { JsonObject } from "../../base/json.ts";
import type { VaultListeners } from "../../service/vault-listeners.ts";
import { purgeVault, recoverableVaults } from "../../world/resources/vaults.ts";
import type { DeletedVault } from "../../world/vault-records.ts";
import { ManagementError } from "../engine/errors.ts";
import type { LongRunningOperations } from "../engine/long-running-operations.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";

const provider = "/subscriptions/{subscriptionId}/providers/Microsoft.KeyVault";
const path = `${provider}/locations/{location}/deletedVaults/{vaultName}`;
const action = "Microsoft.KeyVault/locations/deletedVaults";

/** Soft-deleted vaults (https://learn.microsoft.com/rest/api/keyvault/keyvault/vaults, "List Deleted", "Purge Deleted"). */
export function deletedVaultOperations(
  vaultListeners: VaultListeners,
  longRunning: LongRunningOperations,
): Operation[] {
  return [
    {
      method: "GET",
      path: `${provider}/deletedVaults`,
      action: "Microsoft.KeyVault/deletedVaults/read",
      handle: (request) =>
        Response.json({ value: ownDeletedVaults(request).map(render), nextLink: null }),
    },
    {
      // The Azure CLI lists these with the vaults. None can be created here, so there is none.
      method: "GET",
      path: `${provider}/deletedManagedHSMs`,
      action: "Microsoft.KeyVault/deletedManagedHsms/read",
      missing: "managed HSMs: there are none",
      handle: () => Response.json({ value: [] }),
    },
    {
      method: "GET",
      path,
      action: `${action}/read`,
      handle: (request) => Response.json(render(requireDeletedVault(request))),
    },
    {
      method: "POST",
      path: `${path}/purge`,
      action: `${action}/purge/action`,
      handle: (request) => purge(request, vaultListeners, longRunning),
    },
  ];
}

/** The name is free at once; the purge takes Azure a while, which clients wait for by `Location`. */
function purge(
  request: ManagementRequest,
  vaultListeners: VaultListeners,
  longRunning: LongRunningOperations,
): Response {
  const { vault } = requireDeletedVault(request);
  if (vault.properties["enablePurgeProtection"] === true)
    throw new ManagementError(
      405,
      "MethodNotAllowed",
      "Operation 'DeletedVaultPurge' is not allowed.",
    );
  purgeVault(request.azure.state, vault);
  const work = vaultListeners.closeVault(vault.name);
  const { azure, tenant, param } = request;
  const createdDateTime = utcSeconds(azure.clock.now());
  const finish = () =>
    Response.json({ createdDateTime, lastActionDateTime: createdDateTime, status: "Succeeded" });
  const locations = `/subscriptions/${tenant.subscriptionId}/providers/Microsoft.KeyVault/locations`;
  const path = `${locations}/${param("location")}/operationResults`;
  return longRunning.start(request, work, finish, { path, retryAfter: 15 });
}

function ownDeletedVaults({ azure, tenant }: ManagementRequest): DeletedVault[] {
  return recoverableVaults(azure).filter(
    ({ vault }) => vault.subscriptionId === tenant.subscriptionId,
  );
}

/** That the text is Azure's is unverified. */
function requireDeletedVault(request: ManagementRequest): DeletedVault {
  const [name, location] = [request.param("vaultName"), request.param("location")];
  const deleted = ownDeletedVaults(request).find(
    ({ vault }) =>
      vault.name.toLowerCase() === name.toLowerCase() &&
      vault.location?.toLowerCase() === location.toLowerCase(),
  );
  if (deleted !== undefined) return deleted;
  throw new ManagementError(
    404,
    "DeletedVaultNotFound",
    `The specified deleted vault '${name}' does not exist.`,
  );
}

function render({ vault, deletionDate, scheduledPurgeDate }: DeletedVault): JsonObject {
  const { id, name, location, subscriptionId, tags, properties } = vault;
  return {
    id: `/subscriptions/${subscriptionId}/providers/Microsoft.KeyVault/locations/${location}/deletedVaults/${name}`,
    name,
    type: "Microsoft.KeyVault/deletedVaults",
    properties: {
      vaultId: id,
      location,
      tags: tags ?? {},
      deletionDate: utcSeconds(deletionDate),
      scheduledPurgeDate: utcSeconds(scheduledPurgeDate),
      purgeProtectionEnabled: properties["enablePurgeProtection"] === true,
    },
  };
}

/** `2017-01-01T00:00:59Z`, as Azure writes it. */
function utcSeconds(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}
