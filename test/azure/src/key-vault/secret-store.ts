import { epochSeconds } from "../world/clock.ts";
import type { Resource } from "../world/resource-records.ts";
import type { DeletedSecret, Secret, SecretVersion } from "../world/vault-records.ts";
import { VaultError } from "./errors.ts";
import type { VaultRequest } from "./route.ts";

/** Key of a secret in the state: its resource id in lower case. */
export function secretKey(vault: Resource, name: string): string {
  return `${vault.id}/secrets/${name}`.toLowerCase();
}

/** The entries of a vault, by key. */
export function entriesOf<T>(
  store: ReadonlyMap<string, T>,
  vault: Resource,
): (readonly [string, T])[] {
  const prefix = secretKey(vault, "");
  return [...store].filter(([key]) => key.startsWith(prefix));
}

/** The secret that a request names. Throws SecretNotFound. */
export function requireSecret({ azure, vault, name }: VaultRequest): Secret {
  const secret = azure.state.secrets.get(secretKey(vault, name));
  if (secret === undefined) throw secretNotFound(name);
  return secret;
}

/** The version that a request names, the latest when it names none. Throws SecretNotFound. */
export function requireVersion({ version }: VaultRequest, secret: Secret): SecretVersion {
  if (version === "") return latest(secret);
  const found = secret.versions.find(({ id }) => id === version.toLowerCase());
  if (found === undefined) throw secretNotFound(`${secret.name}/${version}`);
  return found;
}

/** The version that was set last. */
export function latest({ versions }: Secret): SecretVersion {
  const version = versions.at(-1);
  if (version === undefined) throw new Error("a secret without versions");
  return version;
}

/** The deleted secret that a request names; undefined once its days are over (soft delete, "Scheduled for purge"). */
export function findDeletedSecret({ azure, vault, name }: VaultRequest): DeletedSecret | undefined {
  const deleted = azure.state.deletedSecrets.get(secretKey(vault, name));
  if (deleted === undefined || deleted.scheduledPurgeDate > epochSeconds(azure.clock))
    return deleted;
  azure.state.deletedSecrets.delete(secretKey(vault, name));
  return undefined;
}

/** 404 in Azure's words, `id` being `name` or `name/version`. */
export function secretNotFound(id: string): VaultError {
  return new VaultError(
    404,
    "SecretNotFound",
    `A secret with (name/id) ${id} was not found in this key vault. If you recently deleted this secret you may be able to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182`,
  );
}
