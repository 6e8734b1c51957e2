import { randomUUID } from "node:crypto";
import type { World } from "../../world/world.ts";
import { asManagementError, ManagementError } from "./errors.ts";
import type { ManagementRequest, Operation } from "./operation.ts";

/** Work that goes on after its request was answered. */
interface Work {
  readonly subscriptionId: string;
  /** ISO 8601. */
  readonly startTime: string;
  endTime?: string;
  error?: ManagementError;
  /** What `Location` answers in the end. */
  readonly finish: () => Response;
}

/** Where an operation is followed: the collection of its kind, a query, and the seconds that Azure asks clients to wait. */
interface Followed {
  readonly path: string;
  readonly query?: string;
  readonly retryAfter: number;
}

const storage = "/subscriptions/{subscriptionId}/providers/Microsoft.Storage/locations/{location}";
const keyVault =
  "/subscriptions/{subscriptionId}/providers/Microsoft.KeyVault/locations/{location}";
const location = "/subscriptions/{subscriptionId}/providers/Microsoft.Compute/locations/{location}";

/**
 * Long-running operations, which clients follow by `Location`, whose last poll answers as the request would have, or by
 * `Azure-AsyncOperation`, which tells the work's status
 * (https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations).
 */
export class LongRunningOperations {
  readonly #works = new Map<string, Work>();

  readonly operations: readonly Operation[] = [
    {
      method: "GET",
      path: "/subscriptions/{subscriptionId}/operationresults/{operationId}",
      action: "Microsoft.Resources/subscriptions/operationresults/read",
      handle: (request) => {
        return this.#poll(request, this.#require(request));
      },
    },
    // What its own client follows is no resource of anybody's: that no permission is asked for is a belief.
    ...[`${storage}/asyncoperations`, `${keyVault}/operationResults`].map((path): Operation => ({
      method: "GET",
      path: `${path}/{operationId}`,
      action: null,
      handle: (request) => this.#poll(request, this.#require(request)),
    })),
    {
      method: "GET",
      path: `${location}/operations/{operationId}`,
      action: "Microsoft.Compute/locations/operations/read",
      handle: (request) => Response.json(status(request, this.#require(request))),
    },
  ];

  /** 202 with `Location`; `finish` renders the answer of the last poll, a failure is told as it was thrown. */
  start(
    request: ManagementRequest,
    work: Promise<void>,
    finish: () => Response,
    followed: Followed,
  ): Response {
    const { azure, query } = request;
    const id = this.#add(request, work, finish);
    const more = followed.query === undefined ? "" : `${followed.query}&`;
    const address = `${azure.endpoints.resourceManager}${followed.path}/${id}`;
    const location = `${address}?${more}api-version=${query.get("api-version")}`;
    return accepted(request, { location }, followed.retryAfter);
  }

  /** The addresses of work in both forms, for the headers of its answer. */
  follow(request: ManagementRequest, work: Promise<void>): Record<string, string> {
    const id = this.#add(request, work, () => new Response(null, { status: 200 }));
    const { azure, tenant, query } = request;
    const operations = `/subscriptions/${tenant.subscriptionId}/providers/Microsoft.Compute/locations/${tenant.location}/operations`;
    return {
      location: this.#location(request, id),
      "azure-asyncoperation": `${azure.endpoints.resourceManager}${operations}/${id}?api-version=${query.get("api-version")}`,
    };
  }

  #poll(request: ManagementRequest, work: Work): Response {
    if (work.endTime === undefined)
      return accepted(request, { location: pollAddress(request) }, 15);
    return work.error?.toResponse() ?? work.finish();
  }

  #add({ azure, tenant }: ManagementRequest, work: Promise<void>, finish: () => Response): string {
    const id = randomUUID();
    const now = () => new Date(azure.clock.now()).toISOString();
    const added: Work = { subscriptionId: tenant.subscriptionId, startTime: now(), finish };
    this.#works.set(id, added);
    work
      .catch((error: unknown) => (added.error = failure(error)))
      .finally(() => (added.endTime = now()));
    return id;
  }

  #location({ azure, tenant, query }: ManagementRequest, operationId: string): string {
    const path = `/subscriptions/${tenant.subscriptionId}/operationresults/${operationId}`;
    return `${azure.endpoints.resourceManager}${path}?api-version=${query.get("api-version")}`;
  }

  #require({ param }: ManagementRequest): Work {
    const id = param("operationId");
    const work = this.#works.get(id);
    if (work?.subscriptionId === param("subscriptionId").toLowerCase()) return work;
    throw new ManagementError(
      404,
      "OperationNotFound",
      `The operation '${id}' could not be found.`,
    );
  }
}

/** 202 for work that goes on behind `headers`, which Azure asks to wait some seconds for. */
export function accepted(
  { azure }: ManagementRequest,
  headers: Record<string, string>,
  retryAfter: number,
): Response {
  const wait = { "retry-after": String(secondsToWait(azure, retryAfter)) };
  return new Response(null, { status: 202, headers: { ...headers, ...wait } });
}

/** One second, after which the work is done here, unless clients are to wait as on Azure. */
export function secondsToWait({ azureWaits }: World, azures: number): number {
  return azureWaits === true ? azures : 1;
}

function pollAddress({ azure, id, query }: ManagementRequest): string {
  return `${azure.endpoints.resourceManager}${id}?${query.toString()}`;
}

function status({ param }: ManagementRequest, { startTime, endTime, error }: Work) {
  const ended = error === undefined ? "Succeeded" : "Failed";
  return {
    startTime,
    ...(endTime === undefined ? {} : { endTime }),
    status: endTime === undefined ? "InProgress" : ended,
    name: param("operationId"),
    ...(error === undefined ? {} : { error: { code: error.code, message: error.message } }),
  };
}

function failure(error: unknown): ManagementError {
  return asManagementError(error) ?? new ManagementError(500, "InternalServerError", String(error));
}
