import type { Certificate } from "./http/certificate.ts";
import type { Clock } from "./clock.ts";
import type { SigningKeys } from "./entra/signing-keys.ts";
import type { VaultAddressStyle } from "./key-vault/vault-address.ts";
import type { KeptPorts } from "./persistence/kept-ports.ts";
import type { State } from "./state.ts";
import type { BlobAddressStyle } from "./storage/blob-address.ts";
import type { Traffic } from "./traffic.ts";

/** Origins of the services, `https://localhost:<port>` each. */
export interface Endpoints {
  readonly metadata: string;
  readonly login: string;
  readonly resourceManager: string;
  readonly graph: string;
  /** Shared by all accounts, which are named in the path or in the host: see storage/blob-address.ts. */
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

/** How long the tokens that the site gets are valid, in whole seconds. */
export interface TokenLifetimes {
  readonly managedIdentitySeconds: number;
  readonly applicationSeconds: number;
}

/** What every service of the local Azure is built from. */
export interface Azure {
  readonly clock: Clock;
  readonly state: State;
  readonly keys: SigningKeys;
  readonly traffic: Traffic;
  /** Shorter lives for tokens than Azure gives them. @default Azure's */
  readonly tokenLifetimes?: TokenLifetimes;
  /** Where listeners listen so that a later start finds them again. @default wherever the system chooses */
  readonly ports?: KeptPorts;
  /** How long applications, service principals, federated credentials and role assignments take to be seen. @default 0 */
  readonly consistencyDelaySeconds?: number;
  /** Where an account's name stands in the address of its blobs that Resource Manager reports. @default "path" */
  readonly blobAddresses?: BlobAddressStyle;
  /** Which address of a vault Resource Manager reports. @default "listener" */
  readonly vaultAddresses?: VaultAddressStyle;
  readonly certificate: Certificate;
  /** PEM file with the certificate authority. */
  readonly caFile: string;
  /** Known once every service listens; read it inside request handlers only. */
  readonly endpoints: Endpoints;
  /** One JSON line to stderr; never a token. */
  log(event: string, fields?: Record<string, unknown>): void;
}
