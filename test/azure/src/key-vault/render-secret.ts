import type { Resource } from "../world/resource-records.ts";
import type { DeletedSecret, Secret, SecretVersion } from "../world/vault-records.ts";
import type { VaultRequest } from "./route.ts";
import { latest } from "./secret-store.ts";

type Addressed = Pick<VaultRequest, "vault" | "origin">;

/** A version of a secret as Key Vault answers it (SecretBundle), without its value. */
export function renderVersion(
  { vault, origin }: Addressed,
  secret: Secret,
  version: SecretVersion,
) {
  return {
    id: `${origin}/secrets/${secret.name}/${version.id}`,
    ...properties(vault, version),
  };
}

/** A secret in a list (SecretItem): the latest version's properties under the secret's own id. */
export function renderSecret({ vault, origin }: Addressed, secret: Secret) {
  return { id: `${origin}/secrets/${secret.name}`, ...properties(vault, latest(secret)) };
}

/** What a deleted secret has beside that. Times in whole seconds since the epoch. */
export function renderDeletion({ origin }: Addressed, deleted: DeletedSecret) {
  const { secret, deletedDate, scheduledPurgeDate } = deleted;
  return {
    recoveryId: `${origin}/deletedsecrets/${secret.name}`,
    deletedDate,
    scheduledPurgeDate,
  };
}

function properties(vault: Resource, version: SecretVersion) {
  const { contentType, enabled, nbf, exp, created, updated, tags } = version;
  const { recoveryLevel, recoverableDays } = recovery(vault);
  return {
    contentType,
    attributes: { enabled, nbf, exp, created, updated, recoveryLevel, recoverableDays },
    tags,
  };
}

/** How a vault's deleted objects can be had back (Key Vault REST reference, DeletionRecoveryLevel). */
function recovery({ properties }: Resource): { recoveryLevel: string; recoverableDays: number } {
  const recoverableDays = Number(properties["softDeleteRetentionInDays"]);
  const level = recoverableDays < 90 ? "CustomizedRecoverable" : "Recoverable";
  const purgeable = properties["enablePurgeProtection"] === true ? "" : "+Purgeable";
  return { recoveryLevel: `${level}${purgeable}`, recoverableDays };
}
