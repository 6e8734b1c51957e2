import { isJsonObject, type JsonObject, stringField } from "../../base/json.ts";
import {
  createManagedIdentityPrincipal,
  deleteManagedIdentityPrincipal,
} from "../../world/directory/managed-identity-principal.ts";
import { authorizeLinked } from "./authorize.ts";
import type { ManagementRequest } from "./operation.ts";
import { failedIdentityOperation, requestedIdentity } from "./requested-identity.ts";
import { findResource, readEnvelope } from "./resource-store.ts";

const assign = "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action";

/**
 * The identity of a site or virtual machine after a PUT or PATCH: a system-assigned one is created and deleted with the
 * body's wish, user-assigned ones must exist and the caller must be allowed to assign them
 * (https://learn.microsoft.com/azure/app-service/overview-managed-identity).
 */
export function writeHostIdentity(request: ManagementRequest, existing: unknown): unknown {
  if (request.body["identity"] === undefined) return existing;
  // What refuses the body must do so before service principals come and go.
  readEnvelope(request.body);
  const { type, identityIds } = requestedIdentity(request);
  const assigned = assignUserAssigned(request, identityIds);
  const principalId = writeSystemAssigned(request, existing, type.includes("SystemAssigned"));
  if (type === "None") return undefined;
  return {
    type: type.replace(/, ?/, ", "),
    ...(principalId && { principalId, tenantId: request.tenant.tenantId }),
    ...(identityIds.length > 0 && { userAssignedIdentities: assigned }),
  };
}

function assignUserAssigned(
  request: ManagementRequest,
  identityIds: readonly string[],
): JsonObject {
  const entries = identityIds.map((identityId) => {
    authorizeLinked(request.azure, request.caller, writeAction(request.id), request.id, {
      action: assign,
      scope: identityId,
    });
    const identity = findResource(request.azure.state, identityId);
    if (identity?.type !== "Microsoft.ManagedIdentity/userAssignedIdentities")
      throw failedIdentityOperation(
        request.id,
        "NotFound",
        "ResourceNotFound",
        `The Resource '${identityId}' was not found.`,
      );
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
