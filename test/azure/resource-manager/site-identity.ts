import {
  createManagedIdentityPrincipal,
  deleteManagedIdentityPrincipal,
} from "../entra/managed-identity-principal.ts";
import { authorizeLinked } from "./authorize.ts";
import { isJsonObject, objectField, stringField, type JsonObject } from "./json-object.ts";
import { ManagementError } from "./management-error.ts";
import type { ManagementRequest } from "./operation.ts";
import { findResource, readEnvelope } from "./resource-store.ts";
import { fullTypeOf } from "./resource-type.ts";

const assign = "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action";

/**
 * The identity of a site or virtual machine after a PUT or PATCH: a system-assigned one is created and deleted with the
 * body's wish, user-assigned ones must exist and the caller must be allowed to assign them
 * (https://learn.microsoft.com/azure/app-service/overview-managed-identity).
 */
export function writeSiteIdentity(request: ManagementRequest, existing: unknown): unknown {
  if (request.body["identity"] === undefined) return existing;
  // What refuses the body must do so before service principals come and go.
  readEnvelope(request.body);
  const given = objectField(request.body, "identity");
  const type = stringField(given, "type") ?? "None";
  requireIdentityType(request.id, type);
  const assigned = type.includes("UserAssigned")
    ? assignUserAssigned(request, objectField(given, "userAssignedIdentities"))
    : undefined;
  const principalId = writeSystemAssigned(request, existing, type.includes("SystemAssigned"));
  if (type === "None") return undefined;
  return {
    type: type.replace(/, ?/, ", "),
    ...(principalId && { principalId, tenantId: request.tenant.tenantId }),
    ...(assigned && { userAssignedIdentities: assigned }),
  };
}

/** Clients write the combination with a space or without one. */
function requireIdentityType(id: string, type: string): void {
  if (/^(?:None|SystemAssigned|UserAssigned|SystemAssigned, ?UserAssigned)$/.test(type)) return;
  throw new ManagementError(
    400,
    "CannotSetResourceIdentity",
    `Resource type '${fullTypeOf(id)}' does not support creation of '${type}' resource identity. The supported types are 'SystemAssigned, UserAssigned'.`,
  );
}

function assignUserAssigned(request: ManagementRequest, wanted: JsonObject): JsonObject {
  const entries = Object.keys(wanted).map((identityId) => {
    authorizeLinked(request.azure, request.caller, writeAction(request.id), request.id, {
      action: assign,
      scope: identityId,
    });
    const identity = findResource(request.azure.state, identityId);
    if (identity?.type !== "Microsoft.ManagedIdentity/userAssignedIdentities")
      throw identityNotFound(request.id, identityId);
    const { principalId, clientId } = identity.properties;
    return [identityId, { principalId, clientId }] as const;
  });
  return Object.fromEntries(entries);
}

/** `<type>/write` of a top-level resource. */
function writeAction(id: string): string {
  const [namespace, type] = id.split("/").slice(6);
  return `${namespace}/${type}/write`;
}

function writeSystemAssigned(
  { azure, tenant, id, param }: ManagementRequest,
  existing: unknown,
  wanted: boolean,
): string | undefined {
  const current = isJsonObject(existing) ? stringField(existing, "principalId") : undefined;
  if (wanted && current === undefined) {
    const { tenantId } = tenant;
    const displayName = param("name");
    return createManagedIdentityPrincipal(azure, { tenantId, resourceId: id, displayName })
      .objectId;
  }
  if (!wanted && current !== undefined) {
    deleteManagedIdentityPrincipal(azure, current);
    return undefined;
  }
  return current;
}

function identityNotFound(siteId: string, identityId: string): ManagementError {
  return new ManagementError(
    400,
    "FailedIdentityOperation",
    `Identity operation for resource '${siteId}' failed with error 'Failed to perform resource identity operation. Status: 'NotFound'. Response: '{"error":{"code":"ResourceNotFound","message":"The Resource '${identityId}' was not found."}}'.'.`,
  );
}
