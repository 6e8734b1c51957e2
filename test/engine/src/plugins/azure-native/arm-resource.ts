import { type Properties, toProperties } from "../../grpc/properties.ts";
import { createBeforeDelete } from "../protocol/check-inputs.ts";
import { httpStatus } from "../protocol/describe-error.ts";
import type { ResourceType } from "../protocol/resource-type.ts";
import type { ResourceManager } from "./clients.ts";

/** A resource that has a path in Resource Manager. `names` tells the segment after a type: `names("sites")`. */
export interface ArmResource extends Pick<
  ResourceType<ResourceManager>,
  "required" | "optional" | "outputs" | "replaceOn" | "autoname" | "defaults"
> {
  /** What azure-native 3.28.0 uses by default, told as the output `azureApiVersion` (source: the resource's .d.ts). */
  readonly apiVersion: string;
  /** Inputs that are only part of the path. */
  readonly pathInputs: readonly string[];
  /** The id that these inputs lead to. */
  id(manager: ResourceManager, inputs: Properties): string;
  get(manager: ResourceManager, names: SegmentNames): Promise<object>;
  /** `body` is the client's own model of the inputs; see `toModel`. */
  put(manager: ResourceManager, names: SegmentNames, body: never): Promise<object>;
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

/** The name after a type in a resource id; the whole id for "". */
export type SegmentNames = (type: string) => string;

/** Builds a resource type from the calls of Microsoft's management client. */
export function armResource(resource: ArmResource): ResourceType<ResourceManager> {
  const { required, optional, replaceOn, autoname, defaults } = resource;
  const put = async (manager: ResourceManager, id: string, inputs: Properties) => {
    return resource.put(manager, segmentNames(id), toModel(resource, inputs));
  };
  const read = async (manager: ResourceManager, id: string) => {
    const model = await unlessGone(resource.get(manager, segmentNames(id)));
    if (!model) return undefined;
    // The id is the resource's own and no output (see any resource's .d.ts).
    const { id: _, ...outputs } = toProperties(model);
    return { ...outputs, azureApiVersion: resource.apiVersion };
  };
  return {
    required,
    optional,
    outputs: ["azureApiVersion", "name", "type", ...resource.outputs],
    replaceOn,
    ...(autoname && { autoname }),
    ...(defaults && { defaults }),
    // CanCreate in azure-native's provider/pkg/provider/crud: everything but a singleton must not exist yet.
    refusesExisting: resource.resetTo === undefined,
    // `deleteBeforeReplace := len(replaces) > 0` in azure-native's Diff, provider/pkg/provider/provider.go.
    deleteBeforeReplace: true,
    // Update in the same file: "a limited list of outputs that are universally immutable".
    stableOutputs: ["name", "location"],
    read,
    async locate(manager, inputs) {
      const id = resource.id(manager, inputs);
      return (await read(manager, id)) && id;
    },
    async create(manager, inputs) {
      const id = resource.id(manager, inputs);
      const made = toProperties(await put(manager, id, inputs));
      return typeof made["id"] === "string" ? made["id"] : id;
    },
    async update(manager, id, inputs) {
      await put(manager, id, inputs);
    },
    async delete(manager, id) {
      const names = segmentNames(id);
      await unlessGone(
        resource.delete?.(manager, names) ?? put(manager, id, resource.resetTo ?? {}),
      );
    },
  };
}

/**
 * Inputs as the client library's model. The engine's values have no type; the library's serializer takes the fields it
 * knows by name, and the names are the same (compared: \@azure/arm-* models and \@pulumi/azure-native inputs).
 */
function toModel(resource: ArmResource, inputs: Properties): never {
  const notSent = new Set([...resource.pathInputs, createBeforeDelete]);
  const body = Object.entries(inputs).filter(([name]) => !notSent.has(name));
  const properties = Object.fromEntries(body);
  return (resource.rewrite?.(properties) ?? properties) as never;
}

async function unlessGone<Result>(call: PromiseLike<Result>): Promise<Result | undefined> {
  try {
    return await call;
  } catch (error) {
    if (httpStatus(error) === 404) return undefined;
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
