import { spawn } from "node:child_process";
import { join } from "node:path";
import { credentials } from "@grpc/grpc-js";
import plugins from "@pulumi/pulumi/proto/plugin_pb.js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type {
  CheckResponse,
  ConfigureResponse,
  CreateResponse,
  DiffResponse,
  InvokeResponse,
  ReadResponse,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import empty, { type Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import { fromStruct, type Properties, toStruct } from "../../src/grpc/properties.ts";
import { firstLine } from "./first-line.ts";
import { unaryCall } from "./unary-call.ts";

type Client = InstanceType<typeof services.ResourceProviderClient>;

/** A stand-in provider in its own process, spoken to as the engine does. */
export type PluginProcess = Awaited<ReturnType<typeof startPlugin>>;

/**
 * Starts a stand-in.
 *
 * @param program its main.ts, as in `azure-native/main.ts`
 * @param engine where it says what it has to say
 */
export async function startPlugin(
  program: string,
  environment: NodeJS.ProcessEnv = {},
  engine = "127.0.0.1:1",
) {
  const path = join(import.meta.dirname, "../../src/plugins", program);
  const plugin = spawn(process.execPath, [path, engine], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment },
  });
  // Vitest shows what the console says with a test that fails; what a child says past it is always shown.
  plugin.stderr.on("data", (text: Buffer) => console.error(text.toString()));
  const ended = new Promise((resolve) => plugin.once("exit", resolve));
  const address = `127.0.0.1:${await firstLine(program, plugin)}`;
  const clients: Client[] = [];
  const connect = () => {
    // With a pool of its own; otherwise clients of one address share a connection.
    const options = { "grpc.use_local_subchannel_pool": 1 };
    const insecure = credentials.createInsecure();
    const client = new services.ResourceProviderClient(address, insecure, options);
    clients.push(client);
    return { ...providerCalls(client), ...inputCalls(client), ...resourceCalls(client) };
  };
  return {
    ...connect(),
    /** Another connection to it, as each provider resource of an engine that attaches has. */
    connect,
    async close() {
      for (const client of clients) client.close();
      plugin.kill("SIGKILL");
      await ended;
    },
  };
}

function providerCalls(client: Client) {
  return {
    async attach() {
      await unaryCall<Empty>((done) => client.attach(new plugins.PluginAttach(), done));
    },
    async configure(config: Properties) {
      const request = new messages.ConfigureRequest();
      request.setArgs(toStruct(config));
      await unaryCall<ConfigureResponse>((done) => client.configure(request, done));
    },
    async invoke(token: string, args: Properties) {
      const request = new messages.InvokeRequest();
      request.setTok(token);
      request.setArgs(toStruct(args));
      return fromStruct(
        (await unaryCall<InvokeResponse>((done) => client.invoke(request, done))).getReturn(),
      );
    },
    async cancel() {
      await unaryCall<Empty>((done) => client.cancel(new empty.Empty(), done));
    },
  };
}

function inputCalls(client: Client) {
  return {
    async check(type: string, olds: Properties, news: Properties) {
      const request = named(new messages.CheckRequest(), type);
      request.setOlds(toStruct(olds));
      request.setNews(toStruct(news));
      const response = await unaryCall<CheckResponse>((done) => client.check(request, done));
      const failures = response.getFailuresList().map((failure) => failure.getReason());
      return { inputs: fromStruct(response.getInputs()), failures };
    },
    async diff(type: string, olds: Properties, news: Properties, state: Properties = olds) {
      const request = named(new messages.DiffRequest(), type);
      request.setOlds(toStruct(state));
      request.setOldInputs(toStruct(olds));
      request.setNews(toStruct(news));
      const response = await unaryCall<DiffResponse>((done) => client.diff(request, done));
      return {
        replaces: response.getReplacesList(),
        changed: [...response.getDetaileddiffMap().keys()].sort(),
        deleteBeforeReplace: response.getDeletebeforereplace(),
      };
    },
  };
}

function resourceCalls(client: Client) {
  return {
    async create(type: string, inputs: Properties, preview = false) {
      const request = named(new messages.CreateRequest(), type);
      request.setProperties(toStruct(inputs));
      request.setPreview(preview);
      const response = await unaryCall<CreateResponse>((done) => client.create(request, done));
      return { id: response.getId(), state: fromStruct(response.getProperties()) };
    },
    async update(type: string, id: string, olds: Properties, news: Properties, preview = false) {
      const request = named(new messages.UpdateRequest(), type);
      request.setId(id);
      request.setOlds(toStruct(olds));
      request.setOldInputs(toStruct(olds));
      request.setNews(toStruct(news));
      request.setPreview(preview);
      return fromStruct(
        (await unaryCall<UpdateResponse>((done) => client.update(request, done))).getProperties(),
      );
    },
    async read(type: string, id: string, inputs: Properties, state: Properties) {
      const request = named(new messages.ReadRequest(), type);
      request.setId(id);
      request.setInputs(toStruct(inputs));
      request.setProperties(toStruct(state));
      const response = await unaryCall<ReadResponse>((done) => client.read(request, done));
      return { id: response.getId(), inputs: fromStruct(response.getInputs()) };
    },
    async delete(type: string, id: string) {
      const request = named(new messages.DeleteRequest(), type);
      request.setId(id);
      await unaryCall<Empty>((done) => client.delete(request, done));
    },
  };
}

interface NamedRequest {
  setType(type: string): unknown;
  setName(name: string): unknown;
}

function named<Request extends NamedRequest>(request: Request, type: string): Request {
  request.setType(type);
  request.setName("example");
  return request;
}
