import { randomUUID } from "node:crypto";
import { epochSeconds } from "../world/clock.ts";
import type { Secret, SecretVersion } from "../world/vault-records.ts";
import { VaultError } from "./errors.ts";
import { listPage } from "./list-page.ts";
import { renderDeletion, renderSecret, renderVersion } from "./render-secret.ts";
import type { VaultRequest, VaultRoute } from "./route.ts";
import { invalidProperty, readSecretBody } from "./secret-body.ts";
import {
  entriesOf,
  findDeletedSecret,
  latest,
  requireSecret,
  requireVersion,
  secretKey,
} from "./secret-store.ts";

const reference = { supported: "yes", document: "/rest/api/keyvault/secrets" } as const;
const observed = { ...reference, verified: "observed" } as const;
const documented = { ...reference, verified: "document" } as const;
const one = "/secrets/{name}";

/** Secrets (https://learn.microsoft.com/rest/api/keyvault/secrets); data actions as the built-in roles list them. */
export const secretRoutes: readonly VaultRoute[] = [
  {
    ...observed,
    method: "GET",
    path: "/secrets",
    dataAction: "secrets/readMetadata/action",
    handle: list,
  },
  {
    ...documented,
    method: "GET",
    path: `${one}/versions`,
    dataAction: "secrets/readMetadata/action",
    handle: listVersions,
  },
  { ...observed, method: "GET", path: one, dataAction: "secrets/getSecret/action", handle: get },
  {
    ...observed,
    method: "GET",
    path: `${one}/{version}`,
    dataAction: "secrets/getSecret/action",
    handle: get,
  },
  { ...observed, method: "PUT", path: one, dataAction: "secrets/setSecret/action", handle: set },
  {
    ...documented,
    method: "PATCH",
    path: one,
    dataAction: "secrets/update/action",
    handle: update,
  },
  {
    ...documented,
    method: "PATCH",
    path: `${one}/{version}`,
    dataAction: "secrets/update/action",
    handle: update,
  },
  { ...observed, method: "DELETE", path: one, dataAction: "secrets/delete", handle: remove },
];

function list(request: VaultRequest): object {
  const { azure, vault } = request;
  return listPage(request, "/secrets", entriesOf(azure.state.secrets, vault), (secret) =>
    renderSecret(request, secret),
  );
}

/** A secret that does not exist has no versions, which is no error here (observed). */
function listVersions(request: VaultRequest): object {
  const { azure, vault, name } = request;
  const secret = azure.state.secrets.get(secretKey(vault, name));
  const versions = (secret?.versions ?? []).map((version) => [version.id, version] as const);
  return listPage(request, `/secrets/${name}/versions`, versions, (version) =>
    secret === undefined ? {} : renderVersion(request, secret, version),
  );
}

/** `nbf` and `exp` are for the reader to heed: a secret outside them is answered (about-secrets, "Date-time controlled operations"). */
function get(request: VaultRequest): object {
  const secret = requireSecret(request);
  const version = requireVersion(request, secret);
  if (!version.enabled)
    throw new VaultError(403, "Forbidden", "Operation get is not allowed on a disabled secret.", {
      innerCode: "SecretDisabled",
    });
  return { value: version.value, ...renderVersion(request, secret, version) };
}

function set(request: VaultRequest): object {
  const { azure, vault, name } = request;
  const { value, enabled = true, ...given } = readSecretBody(request.body);
  if (value === undefined) throw invalidProperty();
  if (findDeletedSecret(request) !== undefined)
    throw new VaultError(
      409,
      "Conflict",
      `Secret ${name} is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the secret can only be recovered or purged.`,
      { innerCode: "ObjectIsDeletedButRecoverable" },
    );
  const now = epochSeconds(azure.clock);
  const id = randomUUID().replaceAll("-", "");
  const version: SecretVersion = { ...given, id, value, enabled, created: now, updated: now };
  const key = secretKey(vault, name);
  const secret: Secret = azure.state.secrets.get(key) ?? { name, versions: [] };
  secret.versions.push(version);
  azure.state.secrets.set(key, secret);
  return { value, ...renderVersion(request, secret, version) };
}

/** Changes what the body gives and leaves the rest; the value is not among it. */
function update(request: VaultRequest): object {
  const { value: _, ...given } = readSecretBody(request.body);
  const secret = requireSecret(request);
  const version = requireVersion(request, secret);
  version.contentType = given.contentType ?? version.contentType;
  version.tags = given.tags ?? version.tags;
  version.enabled = given.enabled ?? version.enabled;
  version.nbf = given.nbf ?? version.nbf;
  version.exp = given.exp ?? version.exp;
  version.updated = epochSeconds(request.azure.clock);
  return renderVersion(request, secret, version);
}

/** Soft delete: the name stays taken until the secret is purged or its days are over. */
function remove(request: VaultRequest): object {
  const { azure, vault, name } = request;
  const secret = requireSecret(request);
  const deletedDate = epochSeconds(azure.clock);
  const days = Number(vault.properties["softDeleteRetentionInDays"]);
  const deleted = { secret, deletedDate, scheduledPurgeDate: deletedDate + days * 24 * 3600 };
  azure.state.secrets.delete(secretKey(vault, name));
  azure.state.deletedSecrets.set(secretKey(vault, name), deleted);
  return {
    ...renderDeletion(request, deleted),
    ...renderVersion(request, secret, latest(secret)),
  };
}
