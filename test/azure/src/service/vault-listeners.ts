/** Who answers at the addresses of the vaults that Resource Manager keeps. */
export interface VaultListeners {
  /** Opens the vault's own listener unless it is open, and returns its origin. Deleting the vault leaves it open. */
  open(vaultName: string): Promise<string>;
  /** Closes the vault's own listener. */
  closeVault(vaultName: string): Promise<void>;
}
