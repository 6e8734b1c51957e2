import { Server, ServerCredentials } from "@grpc/grpc-js";
import { exitWithParent } from "./exit-with-parent.ts";

// Go's and Node's default of 4 MB is too small for a large stack; the engine's own limit is 400 MB
// (sdk/go/common/util/rpcutil, https://github.com/pulumi/pulumi).
const maxMessageBytes = 400 * 1024 * 1024;

/**
 * Serves one gRPC service the way the engine expects of a plugin: on a loopback port that the system chooses, told to the
 * engine as the one line on standard output. The process ends with the engine.
 *
 * @param addServices registers the service's handlers
 */
export async function servePlugin(addServices: (server: Server) => void): Promise<void> {
  exitWithParent();
  const server = new Server({
    "grpc.max_receive_message_length": maxMessageBytes,
    "grpc.max_send_message_length": maxMessageBytes,
  });
  addServices(server);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  process.stdout.write(`${port}\n`);
}
