import { Hono } from "hono";
import type { AppService } from "../app-service/app-service.ts";
import type { Azure } from "../azure.ts";
import { ConditionNotEmulated } from "../role-assignment-condition.ts";
import { authenticate, requireSubscription } from "./authenticate.ts";
import { authorize } from "./authorize.ts";
import { blobContainerOperations } from "./blob-containers.ts";
import { blobServiceOperations } from "./blob-services.ts";
import { readJsonObject } from "./json-object.ts";
import { LongRunningOperations } from "./long-running-operations.ts";
import { ManagementError } from "./management-error.ts";
import { authorizationScope, operationPath, type OperationPath } from "./operation-path.ts";
import type { Operation } from "./operation.ts";
import { publishingPolicyOperations } from "./publishing-policies.ts";
import { resourceGroupOperations } from "./resource-groups.ts";
import { roleAssignmentOperations } from "./role-assignments.ts";
import { roleDefinitionOperations } from "./role-definitions.ts";
import { serverFarmOperations } from "./server-farms.ts";
import { siteConfigOperations } from "./site-config.ts";
import { siteOperations } from "./sites.ts";
import { storageAccountOperations } from "./storage-accounts.ts";
import { userAssignedIdentityOperations } from "./user-assigned-identities.ts";

/** POSTs that change nothing. */
const readOnly = /\/(?:list|listKeys|checkNameAvailability)$/i;

/** Azure Resource Manager with the resource providers that are emulated; everything else answers 501. */
export function createResourceManager(azure: Azure, appService: AppService): Hono {
  const longRunning = new LongRunningOperations();
  const operations = [
    ...longRunning.operations,
    ...resourceGroupOperations(appService, longRunning),
    ...userAssignedIdentityOperations(appService),
    ...serverFarmOperations(appService),
    ...siteOperations(appService),
    ...siteConfigOperations(appService),
    ...publishingPolicyOperations,
    ...storageAccountOperations(appService, longRunning),
    ...blobServiceOperations,
    ...blobContainerOperations(appService),
    ...roleAssignmentOperations,
    ...roleDefinitionOperations,
  ].map((operation) => ({ ...operation, template: operationPath(operation.path) }));
  const app = new Hono();
  app.use(azure.traffic.middleware("resource-manager", readOnly));
  app.onError((error, c) => {
    if (error instanceof ManagementError) return error.toResponse();
    if (error instanceof ConditionNotEmulated)
      return new ManagementError(501, "NotImplemented", error.message).toResponse();
    azure.log("resource-manager-error", { path: c.req.path, error: error.stack });
    return new ManagementError(500, "InternalServerError", "unexpected error").toResponse();
  });
  app.all("*", (c) => handle(azure, operations, c.req.raw));
  return app;
}

interface CompiledOperation extends Operation {
  readonly template: OperationPath;
}

/** Who asks, for which subscription, for what, and whether they may: in this order, and only then the operation itself. */
async function handle(
  azure: Azure,
  operations: readonly CompiledOperation[],
  request: Request,
): Promise<Response> {
  const url = new URL(request.url);
  const path = resourcePath(url);
  const caller = await authenticate(azure, request.headers.get("authorization") ?? undefined);
  const subscriptionId = /^\/subscriptions\/([^/]+)/i.exec(path)?.[1];
  if (subscriptionId === undefined) throw notEmulated(request.method, path);
  const tenant = requireSubscription(azure, caller, subscriptionId);
  if (!url.searchParams.get("api-version"))
    throw new ManagementError(
      400,
      "MissingApiVersionParameter",
      "The api-version query parameter (?api-version=) is required for all requests.",
    );
  for (const { template, ...operation } of operations) {
    const params = operation.method === request.method ? template.match(path) : undefined;
    if (params === undefined) continue;
    const id = template.fill(params);
    if (operation.action !== null)
      authorize(azure, caller, operation.action, authorizationScope(id));
    const body = await readJsonObject(request);
    const param = (name: string): string => params[name] ?? "";
    return operation.handle({ azure, caller, tenant, id, query: url.searchParams, body, param });
  }
  throw notEmulated(request.method, path);
}

/** The path without the second slash that @azure/arm-authorization puts before a scope, and without one at its end. */
function resourcePath(url: URL): string {
  try {
    return decodeURIComponent(url.pathname).replace(/^\/+/, "/").replace(/\/+$/, "");
  } catch {
    throw new ManagementError(400, "InvalidRequestUri", `the path "${url.pathname}" is not UTF-8`);
  }
}

function notEmulated(method: string, path: string): ManagementError {
  return new ManagementError(501, "NotImplemented", `${method} ${path} is not emulated`);
}
