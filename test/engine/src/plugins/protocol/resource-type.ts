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
  /** Lists that the state must not have when the inputs do not: a diff although no input changed. */
  readonly emptyWhenLeftOut?: readonly string[];
  /** Further inputs that the provider chooses when the program does not. */
  defaults?(client: Client, oldInputs: Properties, newInputs: Properties): Promise<Properties>;

  /**
   * The id under which exactly these inputs exist already; undefined when they do not. Left out where the real provider does
   * not look: what a lost answer told of is then lost to the state too.
   */
  locate?(client: Client, inputs: Properties): Promise<string | undefined>;
  /** Makes the resource and waits until it is ready; throws an UnfinishedError when it is only half done. */
  create(client: Client, inputs: Properties): Promise<MadeResource>;
  /** The state, named as the SDK names outputs; undefined when the resource is gone. */
  read(client: Client, id: string): Promise<Properties | undefined>;
  /** Returns the state that Azure's answer tells, as `create` does. */
  update(
    client: Client,
    id: string,
    inputs: Properties,
    old: OldResource,
  ): Promise<Properties | undefined>;
  /** Succeeds when the resource is gone already. */
  delete(client: Client, id: string): Promise<void>;
}

/** What Azure answered to a creation. */
export interface MadeResource {
  readonly id: string;
  /** The state that the answer tells: kept, with a warning, when the resource then cannot be read. @default - that is an error */
  readonly state?: Properties;
}

/** What a resource was before an update. */
export interface OldResource {
  readonly inputs: Properties;
  readonly state: Properties;
}

/** A resource the engine talks about. */
export interface ResourceName {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
}

/** The resource that a request is about. */
export function nameOf(request: {
  getUrn(): string;
  getType(): string;
  getName(): string;
}): ResourceName {
  return { urn: request.getUrn(), type: request.getType(), name: request.getName() };
}
