import { credentials } from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/engine_pb.js";

/**
 * Shows a warning among the engine's diagnostics, as one of a resource. Waits until the engine has it, which otherwise might
 * have ended by then.
 *
 * @param address where the engine listens
 */
export async function warn(address: string, urn: string, message: string): Promise<void> {
  const client = new services.EngineClient(address, credentials.createInsecure());
  const request = new messages.LogRequest();
  request.setSeverity(messages.LogSeverity.WARNING);
  request.setUrn(urn);
  request.setMessage(message);
  await new Promise<void>((resolve, reject) => {
    client.log(request, (error) => (error ? reject(error) : resolve()));
  }).finally(() => client.close());
}
