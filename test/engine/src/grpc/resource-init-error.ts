import { Metadata, status } from "@grpc/grpc-js";
import errors from "@pulumi/pulumi/proto/provider_pb.js";
import statusMessages from "@pulumi/pulumi/proto/status_pb.js";
import any from "google-protobuf/google/protobuf/any_pb.js";
import { type Properties, toStruct } from "./properties.ts";

/** The resource exists in Azure, but is not as asked for. The engine keeps it in the state under this id. */
export class ResourceInitError extends Error {
  readonly id: string;
  readonly properties: Properties;
  readonly inputs: Properties;

  constructor(message: string, id: string, properties: Properties, inputs: Properties) {
    super(message);
    this.id = id;
    this.properties = properties;
    this.inputs = inputs;
  }

  /** Packs the id into `grpc-status-details-bin` (pattern: grpcResponseFromError in \@pulumi/pulumi/provider/server.js). */
  toMetadata(): Metadata {
    const failed = new errors.ErrorResourceInitFailed();
    failed.setId(this.id);
    failed.setProperties(toStruct(this.properties));
    failed.setInputs(toStruct(this.inputs));
    failed.setReasonsList([this.message]);
    const details = new any.Any();
    details.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const answer = new statusMessages.Status();
    answer.setCode(status.UNKNOWN);
    answer.setMessage(this.message);
    answer.addDetails(details);
    const metadata = new Metadata();
    metadata.add("grpc-status-details-bin", Buffer.from(answer.serializeBinary()));
    return metadata;
  }
}
