import messages from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { fromStruct, toStruct } from "../../grpc/properties.ts";
import { unaryHandler } from "../../grpc/unary-handler.ts";
import { checkInputs } from "./check-inputs.ts";
import { create, diff, update } from "./provider-methods.ts";
import type { Provider } from "./provider.ts";
import { type Clients, deleteResource, readResource } from "./resource-lifecycle.ts";
import { nameOf, type ResourceType } from "./resource-type.ts";
import { unknownToken } from "./unknown-token.ts";

/** The handlers of a resource's life, from Check to Delete. */
export function resourceMethods<Client>(
  provider: Provider<Client>,
  clients: () => Clients<Client>,
) {
  const client = () => clients().client;
  const typeOf = (request: { getType(): string }) => {
    const type = provider.types.get(request.getType());
    if (type) return type;
    throw unknownToken(provider, "resource type", request.getType(), provider.types.keys());
  };
  return {
    check: unaryHandler((request: InstanceType<typeof messages.CheckRequest>) =>
      check(typeOf(request), client, request),
    ),
    diff: unaryHandler((request: InstanceType<typeof messages.DiffRequest>) =>
      Promise.resolve(diff(typeOf(request), request)),
    ),
    create: unaryHandler((request: InstanceType<typeof messages.CreateRequest>) =>
      create(typeOf(request), clients, request),
    ),
    update: unaryHandler((request: InstanceType<typeof messages.UpdateRequest>) =>
      update(typeOf(request), clients, request),
    ),
    read: unaryHandler((request: InstanceType<typeof messages.ReadRequest>) =>
      read(typeOf(request), client(), request),
    ),
    delete: unaryHandler(async (request: InstanceType<typeof messages.DeleteRequest>) => {
      const resource = nameOf(request);
      await deleteResource(typeOf(request), client(), resource, request.getId());
      return new empty.Empty();
    }),
  };
}

async function check<Client>(
  type: ResourceType<Client>,
  client: () => Client,
  request: InstanceType<typeof messages.CheckRequest>,
) {
  const [olds, news] = [fromStruct(request.getOlds()), fromStruct(request.getNews())];
  const { inputs, failures } = await checkInputs(type, client, request.getName(), olds, news);
  const response = new messages.CheckResponse();
  response.setInputs(toStruct(inputs));
  for (const { property, reason } of failures) {
    const failure = new messages.CheckFailure();
    failure.setProperty(property);
    failure.setReason(reason);
    response.addFailures(failure);
  }
  return response;
}

async function read<Client>(
  type: ResourceType<Client>,
  client: Client,
  request: InstanceType<typeof messages.ReadRequest>,
) {
  const resource = nameOf(request);
  const [inputs, state] = [fromStruct(request.getInputs()), fromStruct(request.getProperties())];
  const now = await readResource(type, client, resource, request.getId(), inputs, state);
  const response = new messages.ReadResponse();
  // An empty id tells the engine that the resource is gone.
  if (now === undefined) return response;
  response.setId(request.getId());
  response.setProperties(toStruct(now.state));
  response.setInputs(toStruct(now.inputs));
  return response;
}
