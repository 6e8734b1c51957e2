import type { handleUnaryCall } from "@grpc/grpc-js";
import { status } from "@grpc/grpc-js";
import { ResourceInitError } from "./resource-init-error.ts";

/** Turns an async function into a gRPC handler. An error's message becomes the call's message; it is never swallowed. */
export function unaryHandler<Request, Response>(
  answer: (request: Request) => Promise<Response>,
): handleUnaryCall<Request, Response> {
  // Async, so that what is thrown before the first await is answered too.
  const answered = async (request: Request) => answer(request);
  return (call, callback) => {
    answered(call.request).then(
      (response) => callback(null, response),
      (error: unknown) => callback(grpcError(error)),
    );
  };
}

function grpcError(error: unknown) {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof ResourceInitError)) return { code: status.UNKNOWN, details: message };
  return { code: status.UNKNOWN, details: message, metadata: error.toMetadata() };
}
