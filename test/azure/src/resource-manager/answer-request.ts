import { stringField } from "../base/json.ts";
import type { Azure } from "../service/azure.ts";
import type { Tenant } from "../world/directory-records.ts";
import type { Caller } from "../world/tokens/bearer.ts";
import { authenticate, requireSubscription } from "./authenticate.ts";
import { authorize } from "./engine/authorize.ts";
import { ManagementError } from "./engine/errors.ts";
import { refuseConditions } from "./engine/etag.ts";
import { authorizationScope } from "./engine/operation-path.ts";
import { requireRegistration } from "./engine/provider-registration.ts";
import { readJsonObject } from "./engine/read-body.ts";
import { requireUnlocked } from "./engine/require-unlocked.ts";
import { findResource, recordChange } from "./engine/resource-store.ts";
import type { operationFinder } from "./find-operation.ts";
import { refuseUnkeptFields } from "./refuse-unkept-fields.ts";
import { requireApiVersion, requireSupportedApiVersion } from "./require-api-version.ts";

/**
 * Who asks, for which subscription, for what, in a version that exists, whether they may, and whether a lock forbids it: in
 * this order, and only then the operation itself. That Azure's order is the same throughout is unverified.
 */
export async function answerManagementRequest(
  azure: Azure,
  find: ReturnType<typeof operationFinder>,
  request: Request,
): Promise<Response> {
  const url = new URL(request.url);
  const path = resourcePath(url);
  const { method, headers } = request;
  const subscriptionId = /^\/subscriptions\/([^/]+)/i.exec(path)?.[1];
  const caller = await authenticate(azure, headers.get("authorization"), subscriptionId);
  const tenant =
    subscriptionId === undefined
      ? ownTenant(azure, caller)
      : requireSubscription(azure, caller, subscriptionId);
  const version = requireApiVersion(url.searchParams);
  const found = find(method, path);
  if (found === undefined) throw notEmulated(method, path);
  const { operation, id, params } = found;
  if (!operation.conditional) refuseConditions(headers, method, path);
  const body = await readJsonObject(request);
  const location = findResource(azure.state, id)?.location ?? stringField(body, "location");
  requireSupportedApiVersion(azure, { method, path: id, location }, version);
  const action = operation.action?.replace("{namespace}", params["namespace"] ?? "");
  if (action !== undefined) {
    authorize(azure, caller, action, authorizationScope(id));
    requireUnlocked(azure.state, method, id);
  }
  requireRegistration(azure.state, method, id);
  if (method === "PUT" || method === "PATCH") refuseUnkeptFields(id, body);
  const param = (name: string): string => params[name] ?? "";
  const query = url.searchParams;
  const response = await operation.handle({
    azure,
    caller,
    tenant,
    id,
    query,
    headers,
    body,
    param,
  });
  if (response.ok && (method === "PUT" || method === "PATCH")) recordChange(azure, id);
  return response;
}

/** The path without the second slash that @azure/arm-authorization puts before a scope, and without one at its end. */
function resourcePath(url: URL): string {
  try {
    return decodeURIComponent(url.pathname).replace(/^\/+/, "/").replace(/\/+$/, "");
  } catch {
    throw new ManagementError(400, "InvalidRequestUri", `the path "${url.pathname}" is not UTF-8`);
  }
}

function ownTenant(azure: Azure, { tenantId }: Caller): Tenant {
  const tenant = azure.state.tenants.get(tenantId);
  if (tenant === undefined) throw new Error(`no tenant ${tenantId}, whose token was accepted`);
  return tenant;
}

function notEmulated(method: string, path: string): ManagementError {
  return new ManagementError(501, "NotImplemented", `${method} ${path} is not emulated`);
}
