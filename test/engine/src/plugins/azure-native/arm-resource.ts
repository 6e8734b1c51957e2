import { type Properties, toProperties } from "../../grpc/properties.ts";
import { createBeforeDelete } from "../protocol/check-inputs.ts";
import { httpStatus } from "../protocol/describe-error.ts";
import type { OldResource, ResourceType } from "../protocol/resource-type.ts";
import type { ResourceManager } from "./clients.ts";

/** A resource that has a path in Resource Manager. `names` tells the segment after a type: `names("sites")`. */
export interface ArmResource extends Pick<
  ResourceType<ResourceManager>,
  "required" | "optional" | "outputs" | "replaceOn" | "autoname" | "defaults"
> {
  /** What azure-native 3.28.0 uses by default, told as `azureApiVersion` (source: the resource's .d.ts). */
  readonly apiVersion: string;
  /** Inputs that are only part of the path. */
  readonly pathInputs: readonly string[];
  /** The id that these inputs lead to. */
  id(manager: ResourceManager, inputs: Properties): string;
  get(manager: ResourceManager, names: SegmentNames): Promise<object>;
  /** `body` is the client's own model of the inputs; see `toModel`. */
  put(manager: ResourceManager, names: SegmentNames, body: never): Promise<object>;
  /** What is sent as a PATCH in place of a PUT of all inputs; undefined when the update needs none. */
  patch?(inputs: Properties, old: OldResource): Patch | undefined;
  /** Inputs that Resource Manager takes in another form. */
  rewrite?(inputs: Properties): Properties;
  /** Left out for a singleton. */
  delete?(manager: ResourceManager, names: SegmentNames): PromiseLike<unknown>;
  /**
   * Only for a singleton, which its parent always has: what it is set to instead of being deleted (azure-native:
   * provider/pkg/openapi/defaults/defaultResourcesState.go).
   */
  readonly resetTo?: Properties;
}

/** An update of what only a PATCH can change. */
export interface Patch {
  readonly body: Properties;
  send(manager: ResourceManager, names: SegmentNames, body: never): Promise<object>;
}

/** The name after a type in a resource id; the whole id for "". */
export type SegmentNames = (type: string) => string;

/** Builds a resource type from the calls of Microsoft's management client. */
export function armResource(resource: ArmResource): ResourceType<ResourceManager> {
  const { required, optional, replaceOn, autoname, apiVersion } = resource;
  const stateOf = (model: object): Properties => {
    // The id is the resource's own and no output (see any resource's .d.ts).
    const { id: _, ...outputs } = toProperties(model);
    return { ...outputs, azureApiVersion: apiVersion };
  };
  const get = (manager: ResourceManager, id: string) =>
    resource.get(manager.of(id), segmentNames(id));
  const put = (manager: ResourceManager, id: string, inputs: Properties) =>
    resource.put(manager.of(id), segmentNames(id), toModel(resource, inputs));
  return {
    required,
    optional,
    outputs: ["name", "type", ...resource.outputs],
    replaceOn,
    ...(autoname && { autoname }),
    // An input by default (applyDefaults in azure-native's provider/pkg/provider/provider.go), so previews show it.
    defaults: async (manager, oldInputs, newInputs) => ({
      azureApiVersion: apiVersion,
      ...(await resource.defaults?.(manager, oldInputs, newInputs)),
    }),
    // CanCreate in azure-native's provider/pkg/provider/crud: everything but a singleton must not exist yet.
    refusesExisting: resource.resetTo === undefined,
    // `deleteBeforeReplace := len(replaces) > 0` in azure-native's Diff, provider/pkg/provider/provider.go.
    deleteBeforeReplace: true,
    // Update in the same file: "a limited list of outputs that are universally immutable".
    stableOutputs: ["name", "location"],
    async read(manager, id) {
      const model = await unless(isGone, get(manager, id)).catch(notGone);
      return model && stateOf(model);
    },
    async locate(manager, inputs) {
      const id = resource.id(manager, inputs);
      const found = await unless(isMissing, get(manager, id)).catch((cause: unknown) => {
        const text = cause instanceof Error ? cause.message : String(cause);
        const status = `status code ${httpStatus(cause)}, ${text}`;
        throw new Error(`cannot check existence of resource '${id}': ${status}`, { cause });
      });
      return found && id;
    },
    async create(manager, inputs) {
      const id = resource.id(manager, inputs);
      const made = await put(manager, id, inputs);
      const { id: answered } = toProperties(made);
      return { id: typeof answered === "string" ? answered : id, state: stateOf(made) };
    },
    async update(manager, id, inputs, old) {
      const patch = resource.patch?.(inputs, old);
      if (!patch) return stateOf(await put(manager, id, inputs));
      const body = toModel({ ...resource, rewrite: (properties) => properties }, patch.body);
      return stateOf(await patch.send(manager.of(id), segmentNames(id), body));
    },
    async delete(manager, id) {
      const remove = resource.delete?.(manager.of(id), segmentNames(id));
      await unless(isMissing, remove ?? put(manager, id, resource.resetTo ?? {}));
    },
  };
}

/**
 * Inputs as the client library's model. The engine's values have no type; the library's serializer takes the fields it
 * knows by name, and the names are the same (compared: \@azure/arm-* models and \@pulumi/azure-native inputs).
 */
function toModel(resource: ArmResource, inputs: Properties): never {
  const notSent = new Set([...resource.pathInputs, createBeforeDelete, "azureApiVersion"]);
  const body = Object.entries(inputs).filter(([name]) => !notSent.has(name));
  const properties = Object.fromEntries(body);
  return (resource.rewrite?.(properties) ?? properties) as never;
}

/**
 * The codes of a 404 that say that a resource is gone. Since azure-native 3.11 any other is an error, so that a refresh fails
 * at a container that was deleted, which is ContainerNotFound (pulumi-azure-native#4841).
 */
const gone = new Set([
  "NotFound",
  "ResourceNotFound",
  "ResourceGroupNotFound",
  "LockNotFound",
  "ParentResourceNotFound",
  "EntityNotFound",
  "SubscriptionNotFound",
  "RoleAssignmentNotFound",
]);

function isGone(error: unknown): boolean {
  if (!isMissing(error) || !(error instanceof Error) || !("code" in error)) return false;
  return typeof error.code === "string" && gone.has(error.code);
}

/** Says of a 404 what azure-native says (azcore's error in its provider/pkg/azure). */
function notGone(error: unknown): never {
  if (!isMissing(error) || !(error instanceof Error) || !("code" in error)) throw error;
  const text = `Status=404 Code="${String(error.code)}" Message="${error.message}"`;
  throw new Error(text, { cause: error });
}

function isMissing(error: unknown): boolean {
  return httpStatus(error) === 404;
}

/** Undefined when the call fails in that way. */
async function unless<Result>(
  expected: (error: unknown) => boolean,
  call: PromiseLike<Result>,
): Promise<Result | undefined> {
  try {
    return await call;
  } catch (error) {
    if (expected(error)) return undefined;
    throw error;
  }
}

function segmentNames(id: string): SegmentNames {
  const segments = id.split("/");
  return (type) => {
    if (type === "") return id;
    // Azure compares ids without case and sometimes answers "resourcegroups".
    const index = segments.findIndex((segment) => segment.toLowerCase() === type.toLowerCase());
    const name = index < 0 ? undefined : segments[index + 1];
    if (name === undefined) throw new Error(`resource id "${id}" has no ${type}`);
    return name;
  };
}
