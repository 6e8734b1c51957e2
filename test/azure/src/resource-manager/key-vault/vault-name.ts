import { stringField } from "../../base/json.ts";
import type { Azure } from "../../service/azure.ts";
import { findVault, recoverableVaults } from "../../world/resources/vaults.ts";
import { ManagementError } from "../engine/errors.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";

/** Checks a name beforehand (https://learn.microsoft.com/rest/api/keyvault/keyvault/vaults/check-name-availability). */
export const checkVaultNameAvailability: Operation = {
  method: "POST",
  path: "/subscriptions/{subscriptionId}/providers/Microsoft.KeyVault/checkNameAvailability",
  action: "Microsoft.KeyVault/checkNameAvailability/read",
  handle: ({ azure, body }) => {
    const name = stringField(body, "name") ?? "";
    if (!isVaultName(name)) return unavailable("AccountNameInvalid", invalidName(name));
    if (isTaken(azure, name)) return unavailable("AlreadyExists", takenName(name));
    return Response.json({ nameAvailable: true });
  },
};

/** Throws for the name of a new vault that breaks the rules or that another vault, in whatever tenant, has or had. */
export function requireFreeVaultName({ azure, tenant, param }: ManagementRequest): void {
  const name = param("vaultName");
  if (!isVaultName(name)) throw new ManagementError(400, "VaultNameNotValid", invalidName(name));
  const deleted = recoverableVaults(azure).find(({ vault }) => isSame(vault.name, name));
  if (deleted?.vault.subscriptionId === tenant.subscriptionId)
    throw new ManagementError(
      409,
      "ConflictError",
      "A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault. Follow this link https://go.microsoft.com/fwlink/?linkid=2149745 for more information on soft delete.",
    );
  if (isTaken(azure, name)) throw new ManagementError(409, "VaultAlreadyExists", takenName(name));
}

function isTaken(azure: Azure, name: string): boolean {
  if (findVault(azure.state, name) !== undefined) return true;
  return recoverableVaults(azure).some(({ vault }) => isSame(vault.name, name));
}

/** A vault's name is part of a host name, where case says nothing. */
function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function isVaultName(name: string): boolean {
  return /^(?=.{3,24}$)[a-z](?:-?[a-z0-9])*$/i.test(name);
}

function invalidName(name: string): string {
  return `The vault name '${name}' is invalid. A vault's name must be between 3-24 alphanumeric characters. The name must begin with a letter, end with a letter or digit, and not contain consecutive hyphens. Follow this link for more information: https://go.microsoft.com/fwlink/?linkid=2147742`;
}

function takenName(name: string): string {
  return `The vault name '${name}' is already in use. Vault names are globaly unique so it is possible that the name is already taken. If you are sure that the vault name was not taken then it is possible that a vault with the same name was recently deleted but not purged after being placed in a recoverable state. If the vault is in a recoverable state then the vault will need to be purged before reusing the name. For more information about VaultAlreadyExists, soft delete and purging a vault follow this link https://go.microsoft.com/fwlink/?linkid=2147740`;
}

function unavailable(reason: string, message: string): Response {
  return Response.json({ nameAvailable: false, reason, message });
}
