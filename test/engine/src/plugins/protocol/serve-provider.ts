import type { handleUnaryCall, UntypedServiceImplementation } from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { warn } from "../../grpc/engine-log.ts";
import { fromStruct, type Properties, toStruct } from "../../grpc/properties.ts";
import { servePlugin } from "../../grpc/serve-plugin.ts";
import { unaryHandler } from "../../grpc/unary-handler.ts";
import { azureText } from "./describe-error.ts";
import type { Provider } from "./provider.ts";
import type { Clients } from "./resource-lifecycle.ts";
import { resourceMethods } from "./resource-methods.ts";
import { unknownToken } from "./unknown-token.ts";

/** Serves a stand-in provider to the engine: pulumirpc.ResourceProvider, as far as a nodejs program needs it. */
export async function serveProvider<Client>(provider: Provider<Client>): Promise<void> {
  await servePlugin((server) => {
    server.addService(
      services.ResourceProviderService,
      perConnection(() => methodsOf(provider)),
    );
  });
}

/**
 * Methods with a state of their own for each connection. The engine has one to a plugin that it started; to one that it
 * attached to, each provider resource of each command has one, with a sign-in of its own.
 */
function perConnection(create: () => UntypedServiceImplementation): UntypedServiceImplementation {
  const connections = new Map<string, UntypedServiceImplementation>();
  const forwarded = Object.keys(create()).map((name) => {
    const forward: handleUnaryCall<unknown, unknown> = (call, callback) => {
      const peer = call.getPeer();
      // An engine that attaches says so before it configures, after no more than a handshake, which leaves nothing behind
      // (NewProvider in pkg/resource/plugin, https://github.com/pulumi/pulumi). An earlier connection may have had its port.
      const methods = (name === "attach" ? undefined : connections.get(peer)) ?? create();
      connections.set(peer, methods);
      (methods[name] as handleUnaryCall<unknown, unknown>)(call, callback);
    };
    return [name, forward];
  });
  return Object.fromEntries(forwarded) as UntypedServiceImplementation;
}

function methodsOf<Client>(provider: Provider<Client>) {
  const cancellation = new AbortController();
  const neverCancelled = new AbortController().signal;
  let connected: Clients<Client> | undefined;
  // The engine that started this process, or the one that attached to it.
  let engine = process.argv.slice(2).findLast((argument) => !argument.startsWith("-")) ?? "";
  const clients = () => {
    if (connected === undefined) throw new Error(`${provider.packageName} was not configured`);
    return connected;
  };
  return {
    ...pluginMethods(provider, cancellation),
    attach: unaryHandler((request: InstanceType<typeof plugin.PluginAttach>) => {
      engine = request.getAddress();
      return Promise.resolve(new empty.Empty());
    }),
    configure: unaryHandler((request: InstanceType<typeof messages.ConfigureRequest>) => {
      const config = fromStruct(request.getArgs());
      connected = {
        client: provider.connect(config, cancellation.signal),
        recovery: provider.connect(config, neverCancelled),
        warn: (urn, message) => warn(engine, urn, message),
      };
      const response = new messages.ConfigureResponse();
      response.setSupportspreview(true);
      return Promise.resolve(response);
    }),
    ...resourceMethods(provider, clients),
    invoke: unaryHandler(async (request: InstanceType<typeof messages.InvokeRequest>) => {
      const token = request.getTok();
      const answer = await invoke(provider, clients().client, token, fromStruct(request.getArgs()));
      const response = new messages.InvokeResponse();
      response.setReturn(toStruct(answer));
      return response;
    }),
  };
}

function pluginMethods<Client>(provider: Provider<Client>, cancellation: AbortController) {
  return {
    handshake: unaryHandler(() => Promise.resolve(new messages.ProviderHandshakeResponse())),
    getPluginInfo: unaryHandler(() => {
      const info = new plugin.PluginInfo();
      info.setVersion(provider.version);
      return Promise.resolve(info);
    }),
    checkConfig: unaryHandler((request: InstanceType<typeof messages.CheckRequest>) => {
      const response = new messages.CheckResponse();
      response.setInputs(request.getNews());
      return Promise.resolve(response);
    }),
    // A change of the sign-in replaces nothing: azure-native's DiffConfig answers "unknown" and no replacements.
    diffConfig: unaryHandler(() => Promise.resolve(new messages.DiffResponse())),
    cancel: unaryHandler(() => {
      cancellation.abort(new Error("cancelled by the engine"));
      return Promise.resolve(new empty.Empty());
    }),
  };
}

async function invoke<Client>(
  provider: Provider<Client>,
  client: Client,
  token: string,
  args: Properties,
): Promise<Properties> {
  const call = provider.invokes.get(token);
  if (!call) throw unknownToken(provider, "function", token, provider.invokes.keys());
  return call(client, args).catch((cause: unknown) => {
    throw new Error(`cannot call ${token}: ${azureText(cause)}`, { cause });
  });
}
