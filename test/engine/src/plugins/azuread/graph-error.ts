import { STATUS_CODES } from "node:http";
import { isProperties, textOf, toProperties } from "../../grpc/properties.ts";

/** A refusal of Graph in the words of the real provider's client (hashicorp/go-azure-sdk, sdk/client/client.go, Execute). */
export class GraphError extends Error {
  readonly status: number;
  /** What Graph itself said, code and text (https://learn.microsoft.com/graph/errors). */
  readonly said: string;

  constructor(status: number, said: string) {
    super(`unexpected status ${status} (${status} ${STATUS_CODES[status]}) with error: ${said}`);
    this.status = status;
    this.said = said;
  }
}

/** Whether Graph has no such object, or not yet. */
export function isNotFound(error: unknown): boolean {
  return error instanceof GraphError && error.status === 404;
}

/** Reads the body of a refusal. */
export function graphError(status: number, text: string): GraphError {
  try {
    const { error } = toProperties(JSON.parse(text) as object);
    if (isProperties(error) && typeof error["message"] === "string") {
      return new GraphError(status, `${textOf(error, "code")}: ${error["message"]}`);
    }
  } catch {
    // Not Graph's shape: reported as it is below.
  }
  return new GraphError(status, text.slice(0, 500));
}

/** Puts before an error what was done, as the real provider's diagnostics do; for `catch` of a promise. */
export function during(what: string): (cause: unknown) => never {
  return (cause) => {
    throw new Error(`${what}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  };
}
