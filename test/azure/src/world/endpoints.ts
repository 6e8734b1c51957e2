/**
 * Where an account's name stands in an address: `https://localhost:PORT/<account>/` or, as on Azure,
 * `https://<account>.blob.localhost:PORT/`. Only resolvers that know every name under localhost as loopback (RFC 6761
 * section 6.3) find the second, and some clients cannot parse the first.
 */
export type BlobAddressStyle = "path" | "host";

/**
 * Which of a vault's two addresses is its `vaultUri`: `https://localhost:PORT/` at a listener of its own or, as on Azure,
 * `https://<name>.vault.localhost:PORT/`, where tools find the vault's name that do not know it otherwise.
 */
export type VaultAddressStyle = "listener" | "host";

/** Origins of the services, `https://localhost:<port>` each. */
export interface Endpoints {
  readonly metadata: string;
  readonly login: string;
  readonly resourceManager: string;
  readonly graph: string;
  /** Shared by all accounts, which are named in the path or in the host: see names/blob-address.ts. */
  readonly storage: string;
  /** Shared by all vaults, which are named in the host: `https://<name>.vault.localhost:<port>`. */
  readonly keyVault: string;
  /** The emulated GitHub Actions OIDC issuer, whose tokens the deployers sign in with. */
  readonly oidc: string;
  /** Where faults are set; no part of Azure. */
  readonly control: string;
}

/** The origins before any service listens. */
export const unknownEndpoints: Endpoints = {
  metadata: "",
  login: "",
  resourceManager: "",
  graph: "",
  storage: "",
  keyVault: "",
  oidc: "",
  control: "",
};
