import type { Properties } from "../../grpc/properties.ts";

/** One resource type of a stand-in. `Client` is what its provider's configuration leads to: the signed-in Azure clients. */
export interface ResourceType<Client> {
  /** Inputs without which the real provider refuses, then all others that this stand-in sends to Azure. */
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Outputs that Azure decides: unknown in the preview of a creation. */
  readonly outputs: readonly string[];
  /** Inputs whose change needs a new resource. */
  readonly replaceOn: readonly string[];
  /** The input that gets a name when the program gives none. */
  readonly autoname?: { readonly input: string; generate(logicalName: string): string };
  /** Creating what exists already is refused before anything is written. */
  readonly refusesExisting: boolean;
  /** A resource whose name the program chose is deleted before its successor is made. */
  readonly deleteBeforeReplace: boolean;
  /** Which outputs an update leaves as they are, so that a preview knows them. */
  readonly stableOutputs: readonly string[];
  /** Further inputs that the provider chooses when the program does not. */
  defaults?(client: Client, oldInputs: Properties, newInputs: Properties): Promise<Properties>;

  /** The id under which exactly these inputs exist already; undefined when they do not or cannot be looked up. */
  locate(client: Client, inputs: Properties): Promise<string | undefined>;
  /** Makes the resource and waits until it is ready. Returns its id. */
  create(client: Client, inputs: Properties): Promise<string>;
  /** The state, named as the SDK names outputs; undefined when the resource is gone. */
  read(client: Client, id: string): Promise<Properties | undefined>;
  update(client: Client, id: string, inputs: Properties, oldInputs: Properties): Promise<void>;
  /** Succeeds when the resource is gone already. */
  delete(client: Client, id: string): Promise<void>;
}

/** A resource the engine talks about. */
export interface ResourceName {
  readonly type: string;
  readonly name: string;
}
