import type { Properties } from "../../grpc/properties.ts";
import type { ResourceType } from "./resource-type.ts";

/** A stand-in provider: what it is called, how it signs in, and what it can do. */
export interface Provider<Client> {
  /** The real provider's package and version, as in `azure-native` and `3.28.0`. */
  readonly packageName: string;
  readonly version: string;
  /** By type token, as in `azure-native:storage:StorageAccount`. */
  readonly types: ReadonlyMap<string, ResourceType<Client>>;
  readonly invokes: ReadonlyMap<string, (client: Client, args: Properties) => Promise<Properties>>;
  /**
   * Turns the provider's configuration into clients. Nothing is sent before the first use of a client.
   *
   * @param config the provider resource's inputs
   * @param cancelled aborts what is under way when the engine cancels
   */
  connect(config: Properties, cancelled: AbortSignal): Client;
}
