import services from "@pulumi/pulumi/proto/language_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/language_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { engineVersion } from "../engine-version.ts";
import { servePlugin } from "../grpc/serve-plugin.ts";
import { unaryHandler } from "../grpc/unary-handler.ts";
import { listRequiredPackages } from "./list-required-packages.ts";
import { runProgram } from "./run-program.ts";

// The engine adds its address as the last argument, after its own flags.
const engineAddress = process.argv.slice(2).findLast((argument) => !argument.startsWith("-")) ?? "";
const cancellation = new AbortController();

await servePlugin((server) => {
  server.addService(services.LanguageRuntimeService, {
    handshake: unaryHandler(() => Promise.resolve(new messages.LanguageHandshakeResponse())),
    getPluginInfo: unaryHandler(() => {
      const info = new plugin.PluginInfo();
      info.setVersion(engineVersion);
      return Promise.resolve(info);
    }),
    // Answered by getRequiredPackages; the engine still asks.
    getRequiredPlugins: unaryHandler(() =>
      Promise.resolve(new messages.GetRequiredPluginsResponse()),
    ),
    getRequiredPackages: unaryHandler(
      (request: InstanceType<typeof messages.GetRequiredPackagesRequest>) => {
        const response = new messages.GetRequiredPackagesResponse();
        response.setPackagesList(
          listRequiredPackages(request.getInfo()?.getRootDirectory() ?? process.cwd()),
        );
        return Promise.resolve(response);
      },
    ),
    getProgramDependencies: unaryHandler(() =>
      Promise.resolve(new messages.GetProgramDependenciesResponse()),
    ),
    about: unaryHandler(() => {
      const response = new messages.AboutResponse();
      response.setExecutable(process.execPath);
      response.setVersion(process.version);
      return Promise.resolve(response);
    }),
    run: unaryHandler((request: InstanceType<typeof messages.RunRequest>) =>
      runProgram(request, engineAddress, cancellation.signal),
    ),
    cancel: unaryHandler(() => {
      cancellation.abort();
      return Promise.resolve(new empty.Empty());
    }),
  });
});
