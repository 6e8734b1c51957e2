import type { Resource } from "../resource-records.ts";
import type { State } from "../state.ts";
import type { DeletedVault } from "../vault-records.ts";
import type { World } from "../world.ts";

/**
 * Keeps a vault that is being deleted, name and secrets included, until it is purged or its days are over
 * (https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview). Its role assignments are not kept.
 */
export function softDeleteVault({ state, clock }: World, vault: Resource): void {
  const deletionDate = clock.now();
  const days = Number(vault.properties["softDeleteRetentionInDays"]);
  const scheduledPurgeDate = deletionDate + days * 24 * 3_600_000;
  state.deletedVaults.set(vault.name.toLowerCase(), { vault, deletionDate, scheduledPurgeDate });
}

/** The deleted vaults that can still be recovered; those whose days are over are purged first. */
export function recoverableVaults({ state, clock }: World): DeletedVault[] {
  const now = clock.now();
  for (const { vault, scheduledPurgeDate } of state.deletedVaults.values())
    if (scheduledPurgeDate <= now) purgeVault(state, vault);
  return [...state.deletedVaults.values()];
}

/** Brings a deleted vault back as it was. */
export function restoreVault(state: State, vault: Resource): void {
  state.deletedVaults.delete(vault.name.toLowerCase());
  state.resources.set(vault.id.toLowerCase(), vault);
}

/** Forgets a deleted vault and its secrets for good. */
export function purgeVault(state: State, { id, name }: Resource): void {
  state.deletedVaults.delete(name.toLowerCase());
  const prefix = `${id}/secrets/`.toLowerCase();
  for (const store of [state.secrets, state.deletedSecrets])
    for (const key of store.keys()) if (key.startsWith(prefix)) store.delete(key);
}

/** The vault with a name, which is unique over all tenants in any case; undefined when none has it. */
export function findVault(state: State, name: string): Resource | undefined {
  const wanted = name.toLowerCase();
  return [...state.resources.values()].find(
    (resource) =>
      resource.type === "Microsoft.KeyVault/vaults" && resource.name.toLowerCase() === wanted,
  );
}
