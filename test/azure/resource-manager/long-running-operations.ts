import { randomUUID } from "node:crypto";
import { ManagementError } from "./management-error.ts";
import type { Operation } from "./operation.ts";

/** An accepted request that its client follows by polling `Location`. */
interface Accepted {
  readonly subscriptionId: string;
  /** The final answer, or null as long as the work is under way. */
  result: (() => Response) | null;
}

/**
 * Long-running operations by `Location`
 * (https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations).
 */
export class LongRunningOperations {
  readonly #accepted = new Map<string, Accepted>();

  readonly operations: readonly Operation[] = [
    {
      method: "GET",
      path: "/subscriptions/{subscriptionId}/operationresults/{operationId}",
      action: "Microsoft.Resources/subscriptions/operationresults/read",
      handle: ({ param, azure, query, id }) => {
        const operation = this.#accepted.get(param("operationId"));
        if (operation?.subscriptionId !== param("subscriptionId").toLowerCase())
          throw new ManagementError(
            404,
            "OperationNotFound",
            `The operation '${param("operationId")}' could not be found.`,
          );
        const location = `${azure.endpoints.resourceManager}${id}?${query.toString()}`;
        return operation.result?.() ?? accepted(location);
      },
    },
  ];

  /** 202 for work that goes on; `finish` renders the answer of the last poll, a failure is told as it was thrown. */
  start(
    origin: string,
    subscriptionId: string,
    apiVersion: string,
    work: Promise<void>,
    finish: () => Response,
  ): Response {
    const operationId = randomUUID();
    const operation: Accepted = { subscriptionId, result: null };
    this.#accepted.set(operationId, operation);
    work.then(
      () => (operation.result = finish),
      (error: unknown) => (operation.result = () => failure(error)),
    );
    const path = `/subscriptions/${subscriptionId}/operationresults/${operationId}`;
    return accepted(`${origin}${path}?api-version=${apiVersion}`);
  }
}

function accepted(location: string): Response {
  return new Response(null, { status: 202, headers: { location, "retry-after": "1" } });
}

function failure(error: unknown): Response {
  if (error instanceof ManagementError) return error.toResponse();
  return new ManagementError(500, "InternalServerError", String(error)).toResponse();
}
