import { isProperties, type Properties, unknown } from "../../grpc/properties.ts";
import { ResourceInitError } from "../../grpc/resource-init-error.ts";
import { describeError, httpStatus } from "./describe-error.ts";
import { inputsAfterRead } from "./inputs-after-read.ts";
import type { ResourceName, ResourceType } from "./resource-type.ts";

/** Two ways into the same tenant. */
export interface Clients<Client> {
  /** Stops when the engine cancels. */
  readonly client: Client;
  /** Never stops: after a cancellation it still finds out what Azure has. */
  readonly recovery: Client;
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
  { client, recovery }: Clients<Client>,
  resource: ResourceName,
  inputs: Properties,
): Promise<{ readonly id: string; readonly state: Properties }> {
  if (type.refusesExisting) await refuseExisting(type, client, resource, inputs);
  const id = await type.create(client, inputs).catch(async (cause: unknown) => {
    const message = describeError("create", resource, cause);
    const made = await locateAfterFailure(type, recovery, inputs, cause);
    if (made === undefined) throw new Error(message, { cause });
    const state = (await type.read(recovery, made).catch(() => undefined)) ?? inputs;
    throw new ResourceInitError(message, made, state, inputs);
  });
  return { id, state: await readBack(type, client, resource, id, inputs) };
}

async function refuseExisting<Client>(
  type: ResourceType<Client>,
  client: Client,
  resource: ResourceName,
  inputs: Properties,
): Promise<void> {
  const existing = await type.locate(client, inputs).catch((cause: unknown) => {
    throw new Error(describeError("look for", resource, cause), { cause });
  });
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
  return type.locate(client, inputs).catch(() => undefined);
}

/** Updates a resource and returns it as it is read afterwards. */
export async function updateResource<Client>(
  type: ResourceType<Client>,
  client: Client,
  resource: ResourceName,
  id: string,
  inputs: Properties,
  oldInputs: Properties,
): Promise<Properties> {
  try {
    await type.update(client, id, inputs, oldInputs);
  } catch (cause) {
    throw new Error(describeError("update", resource, cause), { cause });
  }
  return readBack(type, client, resource, id, inputs);
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

async function readBack<Client>(
  type: ResourceType<Client>,
  client: Client,
  resource: ResourceName,
  id: string,
  inputs: Properties,
): Promise<Properties> {
  const state = await type.read(client, id).catch((cause: unknown) => {
    throw new ResourceInitError(describeError("read", resource, cause), id, inputs, inputs);
  });
  if (isProperties(state)) return state;
  const message = `cannot find ${resource.type} "${resource.name}" right after it was written: ${id}`;
  throw new ResourceInitError(message, id, inputs, inputs);
}
