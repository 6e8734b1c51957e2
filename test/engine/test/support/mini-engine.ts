import { Server, ServerCredentials } from "@grpc/grpc-js";
import engineServices from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engineMessages from "@pulumi/pulumi/proto/engine_pb.js";
import monitorServices from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import monitorMessages from "@pulumi/pulumi/proto/resource_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { unaryHandler } from "../../src/grpc/unary-handler.ts";

/** As much of the engine as a program or a plugin needs that registers nothing but its stack. */
export async function startMiniEngine(): Promise<{
  readonly address: string;
  /** What it was told to log. */
  readonly logged: readonly string[];
  close(): void;
}> {
  const server = new Server();
  const logged: string[] = [];
  const nothing = unaryHandler(() => Promise.resolve(new empty.Empty()));
  server.addService(engineServices.EngineService, {
    log: unaryHandler((request: InstanceType<typeof engineMessages.LogRequest>) => {
      logged.push(request.getMessage());
      return Promise.resolve(new empty.Empty());
    }),
    setRootResource: unaryHandler(() =>
      Promise.resolve(new engineMessages.SetRootResourceResponse()),
    ),
  });
  server.addService(monitorServices.ResourceMonitorService, {
    supportsFeature: unaryHandler(() =>
      Promise.resolve(new monitorMessages.SupportsFeatureResponse()),
    ),
    registerResource: unaryHandler(() => {
      const response = new monitorMessages.RegisterResourceResponse();
      response.setUrn("urn:pulumi:dev::example::pulumi:pulumi:Stack::example-dev");
      return Promise.resolve(response);
    }),
    registerResourceOutputs: nothing,
    signalAndWaitForShutdown: nothing,
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { address: `127.0.0.1:${port}`, logged, close: () => server.forceShutdown() };
}
