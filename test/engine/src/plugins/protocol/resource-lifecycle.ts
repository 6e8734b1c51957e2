import { isProperties, type Properties, unknown } from "../../grpc/properties.ts";
import { ResourceInitError } from "../../grpc/resource-init-error.ts";
import { describeError, httpStatus } from "./describe-error.ts";
import { inputsAfterRead } from "./inputs-after-read.ts";
import type { OldResource, ResourceName, ResourceType } from "./resource-type.ts";
import { UnfinishedError } from "./unfinished-error.ts";

/** Two ways into the same tenant. */
export interface Clients<Client> {
  /** Stops when the engine cancels. */
  readonly client: Client;
  /** Never stops: after a cancellation it still finds out what Azure has. */
  readonly recovery: Client;
  /** Shows a warning about a resource. */
  warn(urn: string, message: string): Promise<void>;
}

/** What a resource will look like as far as its inputs tell. Sends nothing to Azure. */
export function previewState<Client>(
  type: ResourceType<Client>,
  inputs: Properties,
  oldState: Properties,
): Properties {
  const outputs = type.outputs.map((output) => [output, unknown] as const);
  const stable = type.stableOutputs.filter((output) => oldState[output] !== undefined);
  const known = stable.map((output) => [output, oldState[output]] as const);
  return { ...Object.fromEntries(outputs), ...inputs, ...Object.fromEntries(known) };
}

/**
 * Creates a resource and returns it as it is read afterwards.
 *
 * @throws {ResourceInitError} when Azure has the resource although the creation failed: it must stay in the state
 */
export async function createResource<Client>(
  type: ResourceType<Client>,
  clients: Clients<Client>,
  resource: ResourceName,
  inputs: Properties,
): Promise<{ readonly id: string; readonly state: Properties }> {
  const { client, recovery } = clients;
  if (type.refusesExisting) await refuseExisting(type, client, resource, inputs);
  const { id, state: answered } = await type
    .create(client, inputs)
    .catch(async (cause: unknown) => {
      const message = describeError("create", resource, cause);
      const unfinished = cause instanceof UnfinishedError ? cause.id : undefined;
      const made = unfinished ?? (await locateAfterFailure(type, recovery, inputs, cause));
      if (made === undefined) throw new Error(message, { cause });
      const state = (await type.read(recovery, made).catch(() => undefined)) ?? inputs;
      throw new ResourceInitError(message, made, state, inputs);
    });
  const written = { id, inputs, answered, how: "Create" };
  return { id, state: await readBack(type, clients, resource, written) };
}

async function refuseExisting<Client>(
  type: ResourceType<Client>,
  client: Client,
  resource: ResourceName,
  inputs: Properties,
): Promise<void> {
  const existing = await type.locate?.(client, inputs);
  if (existing === undefined) return;
  throw new Error(
    `cannot create already existing resource '${existing}' (${resource.type} "${resource.name}"): import it or delete it`,
  );
}

/** An answer can be lost after Azure has done its part, or the wait for it fail or be cancelled. */
async function locateAfterFailure<Client>(
  type: ResourceType<Client>,
  client: Client,
  inputs: Properties,
  cause: unknown,
): Promise<string | undefined> {
  const refused = (httpStatus(cause) ?? 500) < 500;
  // What was not looked for before may be somebody else's: Azure's refusal is then the whole answer.
  if (refused && !type.refusesExisting) return undefined;
  return type.locate?.(client, inputs).catch(() => undefined);
}

/** Updates a resource and returns it as it is read afterwards. */
export async function updateResource<Client>(
  type: ResourceType<Client>,
  clients: Clients<Client>,
  resource: ResourceName,
  id: string,
  inputs: Properties,
  old: OldResource,
): Promise<Properties> {
  const answered = await type.update(clients.client, id, inputs, old).catch((cause: unknown) => {
    throw new Error(describeError("update", resource, cause), { cause });
  });
  return readBack(type, clients, resource, { id, inputs, answered, how: "Update" });
}

/** Reads a resource and what its inputs would have to be now; undefined when it is gone. */
export async function readResource<Client>(
  type: ResourceType<Client>,
  client: Client,
  resource: ResourceName,
  id: string,
  oldInputs: Properties,
  oldState: Properties,
): Promise<{ readonly state: Properties; readonly inputs: Properties } | undefined> {
  try {
    const state = await type.read(client, id);
    return state && { state, inputs: inputsAfterRead(oldInputs, oldState, state) };
  } catch (cause) {
    throw new Error(describeError("read", resource, cause), { cause });
  }
}

/** Deletes a resource; one that is gone already counts as deleted. */
export async function deleteResource<Client>(
  type: ResourceType<Client>,
  client: Client,
  resource: ResourceName,
  id: string,
): Promise<void> {
  try {
    await type.delete(client, id);
  } catch (cause) {
    throw new Error(describeError("delete", resource, cause), { cause });
  }
}

interface Written {
  readonly id: string;
  readonly inputs: Properties;
  readonly answered: Properties | undefined;
  readonly how: string;
}

async function readBack<Client>(
  type: ResourceType<Client>,
  { client, ...clients }: Clients<Client>,
  resource: ResourceName,
  { id, inputs, answered, how }: Written,
): Promise<Properties> {
  const state = await type.read(client, id).catch(async (cause: unknown) => {
    if (answered === undefined)
      throw new ResourceInitError(describeError("read", resource, cause), id, inputs, inputs);
    // Text of azure-native's provider.go; why it could not be read, that says in a verbose log only.
    const text = `Failed to read resource after ${how}. Please report this issue.`;
    await clients.warn(resource.urn, text);
    return answered;
  });
  if (isProperties(state)) return state;
  const message = `cannot find ${resource.type} "${resource.name}" right after it was written: ${id}`;
  throw new ResourceInitError(message, id, inputs, inputs);
}
