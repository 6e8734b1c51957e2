import type { Clock } from "./clock.ts";
import type { BlobAddressStyle, Endpoints, VaultAddressStyle } from "./endpoints.ts";
import type { SigningKeys } from "./signing-keys.ts";
import type { State } from "./state.ts";

/** How long the tokens that the site gets are valid, in whole seconds. */
export interface TokenLifetimes {
  readonly managedIdentitySeconds: number;
  readonly applicationSeconds: number;
}

/** What exists, and how the local Azure differs from Azure by choice; no word of servers. */
export interface World {
  readonly clock: Clock;
  readonly state: State;
  readonly keys: SigningKeys;
  /** Known once every service listens; read it inside request handlers only. */
  readonly endpoints: Endpoints;
  /** Shorter lives for tokens than Azure gives them. @default Azure's */
  readonly tokenLifetimes?: TokenLifetimes;
  /** How long applications, service principals, federated credentials and role assignments take to be seen. @default 0 */
  readonly consistencyDelaySeconds?: number;
  /** Whether long-running work asks clients to wait as long as Azure does. @default one second */
  readonly azureWaits?: boolean;
  /** Where an account's name stands in the address of its blobs that Resource Manager reports. @default "path" */
  readonly blobAddresses?: BlobAddressStyle;
  /** Which address of a vault Resource Manager reports. @default "listener" */
  readonly vaultAddresses?: VaultAddressStyle;
}
