import { isDeepStrictEqual } from "node:util";
import type {
  CreateRequest,
  DiffRequest,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import { fromStruct, type Properties, toStruct, type Value } from "../../grpc/properties.ts";
import { createBeforeDelete } from "./check-inputs.ts";
import { diffInputs, type PropertyChange, rootOf } from "./diff-inputs.ts";
import {
  type Clients,
  createResource,
  previewState,
  updateResource,
} from "./resource-lifecycle.ts";
import { nameOf, type ResourceType } from "./resource-type.ts";

const { PropertyDiff, DiffResponse } = messages;
const kinds = {
  add: [PropertyDiff.Kind.ADD, PropertyDiff.Kind.ADD_REPLACE],
  delete: [PropertyDiff.Kind.DELETE, PropertyDiff.Kind.DELETE_REPLACE],
  update: [PropertyDiff.Kind.UPDATE, PropertyDiff.Kind.UPDATE_REPLACE],
} as const;

/** Answers Diff: every changed property, and whether it can be changed in place. */
export function diff<Client>(type: ResourceType<Client>, request: DiffRequest) {
  const [oldState, oldInputs] = [fromStruct(request.getOlds()), fromStruct(request.getOldInputs())];
  const newInputs = fromStruct(request.getNews());
  const ignored = new Set(request.getIgnorechangesList());
  const changes = [
    ...diffInputs(oldInputs, newInputs),
    ...leftOutLists(type, oldState, oldInputs, newInputs),
  ].filter(({ path }) => !ignored.has(rootOf(path)));
  // An input that is newly named but has the value Azure had chosen anyway replaces nothing (diff.go of azure-native).
  const replaces = ({ path, kind }: PropertyChange) =>
    type.replaceOn.includes(rootOf(path)) &&
    !(kind === "add" && isDeepStrictEqual(oldState[path], newInputs[path]));

  const response = new DiffResponse();
  for (const change of changes) {
    const detail = new PropertyDiff();
    detail.setKind(kinds[change.kind][replaces(change) ? 1 : 0]);
    detail.setInputdiff(true);
    response.getDetaileddiffMap().set(change.path, detail);
  }
  const replacedInputs = new Set(changes.filter(replaces).map(({ path }) => rootOf(path)));
  response.setHasdetaileddiff(true);
  response.setDiffsList([...new Set(changes.map(({ path }) => rootOf(path)))]);
  response.setReplacesList([...replacedInputs]);
  response.setDeletebeforereplace(
    replacedInputs.size > 0 && type.deleteBeforeReplace && oldInputs[createBeforeDelete] !== true,
  );
  response.setChanges(
    changes.length > 0 ? DiffResponse.DiffChanges.DIFF_SOME : DiffResponse.DiffChanges.DIFF_NONE,
  );
  return response;
}

/** What only the state has, which the real provider's bridge compares the inputs with. */
function leftOutLists<Client>(
  { emptyWhenLeftOut = [] }: ResourceType<Client>,
  oldState: Properties,
  ...inputs: readonly Properties[]
): PropertyChange[] {
  return emptyWhenLeftOut
    .filter((name) => !isEmpty(oldState[name]) && inputs.every((each) => isEmpty(each[name])))
    .map((path) => ({ path, kind: "delete" }));
}

function isEmpty(value: Value): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}

/** Answers Create. A preview sends nothing to Azure. */
export async function create<Client>(
  type: ResourceType<Client>,
  clients: () => Clients<Client>,
  request: CreateRequest,
) {
  const inputs = fromStruct(request.getProperties());
  const response = new messages.CreateResponse();
  if (request.getPreview()) {
    response.setProperties(toStruct(previewState(type, inputs, {})));
    return response;
  }
  const resource = nameOf(request);
  const { id, state } = await createResource(type, clients(), resource, inputs);
  response.setId(id);
  response.setProperties(toStruct(state));
  return response;
}

/** Answers Update. A preview sends nothing to Azure. */
export async function update<Client>(
  type: ResourceType<Client>,
  clients: () => Clients<Client>,
  request: UpdateRequest,
) {
  const inputs = fromStruct(request.getNews());
  const response = new messages.UpdateResponse();
  if (request.getPreview()) {
    response.setProperties(toStruct(previewState(type, inputs, fromStruct(request.getOlds()))));
    return response;
  }
  const resource = nameOf(request);
  const old = { inputs: fromStruct(request.getOldInputs()), state: fromStruct(request.getOlds()) };
  const state = await updateResource(type, clients(), resource, request.getId(), inputs, old);
  response.setProperties(toStruct(state));
  return response;
}
