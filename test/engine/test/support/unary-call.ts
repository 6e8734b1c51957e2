import type { ServiceError } from "@grpc/grpc-js";

/** The answer of a gRPC call, or its error. */
export function unaryCall<Response>(
  call: (done: (error: ServiceError | null, response: Response) => void) => unknown,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    call((error, response) => (error ? reject(error) : resolve(response)));
  });
}
