import type { DeletedSecret } from "../world/vault-records.ts";
import { VaultError } from "./errors.ts";
import { listPage } from "./list-page.ts";
import { renderDeletion, renderSecret, renderVersion } from "./render-secret.ts";
import type { VaultRequest, VaultRoute } from "./route.ts";
import { entriesOf, findDeletedSecret, latest, secretKey, secretNotFound } from "./secret-store.ts";

const reference = {
  supported: "yes",
  document: "/rest/api/keyvault/secrets",
  verified: "observed",
} as const;
const one = "/deletedsecrets/{name}";

/**
 * Soft-deleted secrets (https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview). That reading one takes
 * the right to read properties, not values, is unverified.
 */
export const deletedSecretRoutes: readonly VaultRoute[] = [
  {
    ...reference,
    method: "GET",
    path: "/deletedsecrets",
    dataAction: "secrets/readMetadata/action",
    handle: list,
  },
  {
    ...reference,
    method: "GET",
    path: one,
    dataAction: "secrets/readMetadata/action",
    handle: get,
  },
  {
    ...reference,
    method: "POST",
    path: `${one}/recover`,
    dataAction: "secrets/recover/action",
    handle: recover,
  },
  {
    ...reference,
    verified: "document",
    method: "DELETE",
    path: one,
    dataAction: "secrets/purge/action",
    handle: purge,
  },
];

function list(request: VaultRequest): object {
  const { azure, vault } = request;
  const kept = entriesOf(azure.state.deletedSecrets, vault).filter(
    ([, { secret }]) => findDeletedSecret({ ...request, name: secret.name }) !== undefined,
  );
  return listPage(request, "/deletedsecrets", kept, (deleted) => ({
    ...renderDeletion(request, deleted),
    ...renderSecret(request, deleted.secret),
  }));
}

function get(request: VaultRequest): object {
  const deleted = requireDeletedSecret(request);
  const { secret } = deleted;
  return {
    ...renderDeletion(request, deleted),
    ...renderVersion(request, secret, latest(secret)),
  };
}

function recover(request: VaultRequest): object {
  const { azure, vault, name } = request;
  const deleted = findDeletedSecret(request);
  if (deleted === undefined) throw notDeleted(request);
  azure.state.deletedSecrets.delete(secretKey(vault, name));
  azure.state.secrets.set(secretKey(vault, name), deleted.secret);
  return renderVersion(request, deleted.secret, latest(deleted.secret));
}

/** Recorded for a secret that is there. */
function notDeleted({ azure, vault, name }: VaultRequest): VaultError {
  if (!azure.state.secrets.has(secretKey(vault, name))) return secretNotFound(name);
  const innerCode = "RequestNotAllowedOnNonDeletedObject";
  return new VaultError(400, "MethodNotAllowed", `Secret exists already: ${name}`, { innerCode });
}

function purge(request: VaultRequest): null {
  const { azure, vault, name } = request;
  requireDeletedSecret(request);
  if (vault.properties["enablePurgeProtection"] === true)
    throw new VaultError(
      403,
      "Forbidden",
      `Operation "purge" is not allowed because purge protection is enabled for this vault. Key Vault service will automatically purge it after the retention period has passed. Vault: ${vault.name};location=${vault.location}`,
    );
  azure.state.deletedSecrets.delete(secretKey(vault, name));
  return null;
}

function requireDeletedSecret(request: VaultRequest): DeletedSecret {
  const deleted = findDeletedSecret(request);
  if (deleted !== undefined) return deleted;
  throw new VaultError(404, "SecretNotFound", `Deleted Secret not found: ${request.name}`);
}
