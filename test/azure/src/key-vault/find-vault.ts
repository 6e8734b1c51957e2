import type { Resource } from "../world/resource-records.ts";
import { findVault } from "../world/resources/soft-delete-vault.ts";
import type { State } from "../world/state.ts";
import { VaultError } from "./vault-error.ts";

/**
 * The vault that an address names. On Azure the host of an unknown or deleted vault does not resolve; a listener must
 * answer, so the code and text are the local Azure's own.
 */
export function requireVault(state: State, name: string | undefined): Resource {
  const vault = name === undefined ? undefined : findVault(state, name);
  if (vault !== undefined) return vault;
  throw new VaultError(
    404,
    "VaultNotFound",
    `no key vault is at this address; on Azure its host would not resolve`,
  );
}
