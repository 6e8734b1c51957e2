import type { Metadata } from "@grpc/grpc-js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import statusMessages from "@pulumi/pulumi/proto/status_pb.js";

/** The id under which the engine keeps a resource whose creation failed; undefined when it forgets the resource. */
export function keptId(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("metadata" in error)) return undefined;
  const [details] = (error.metadata as Metadata).get("grpc-status-details-bin"); // a ServiceError of grpc-js
  if (!Buffer.isBuffer(details)) return undefined;
  const [detail] = statusMessages.Status.deserializeBinary(details).getDetailsList();
  if (detail?.getTypeName() !== "pulumirpc.ErrorResourceInitFailed") return undefined;
  return messages.ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8()).getId();
}
