import type { SiteHost } from "../../service/site-host.ts";
import { createManagedIdentityPrincipal } from "../../world/directory/managed-identity-principal.ts";
import type { Resource } from "../../world/resource-records.ts";
import { deleteOperation, readOperations } from "../engine/common-operations.ts";
import { ManagementError } from "../engine/errors.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";
import { requireLocation } from "../engine/require-location.ts";
import {
  findResource,
  putResource,
  refuseWhileGroupIsDeleted,
  requireResource,
  requireResourceGroup,
  writeEnvelope,
} from "../engine/resource-store.ts";
import { answerWritten, renderIdentity } from "./render-identity.ts";

const type = "Microsoft.ManagedIdentity/userAssignedIdentities";
const path = `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${type}/{resourceName}`;

/** User-assigned identities (https://learn.microsoft.com/rest/api/managedidentity/user-assigned-identities). */
export function userAssignedIdentityOperations(siteHost: SiteHost): Operation[] {
  return [
    ...readOperations(type, path, renderIdentity),
    { method: "PUT", path, action: `${type}/write`, handle: put },
    { method: "PATCH", path, action: `${type}/write`, handle: patch },
    deleteOperation(type, path, siteHost),
  ];
}

/** Creating an identity creates its service principal in the subscription's tenant; writing it again keeps that one. */
function put(request: ManagementRequest): Response {
  const { azure, id, param } = request;
  requireResourceGroup(azure.state, id);
  requireLocation(request);
  refuseWhileGroupIsDeleted(azure.state, id);
  requireIdentityName(param("resourceName"));
  const properties = findResource(azure.state, id)?.properties ?? newPrincipal(request);
  const { resource, created } = putResource(request, type, properties);
  return answerWritten(request, renderIdentity(resource), created);
}

function patch(request: ManagementRequest): Response {
  const identity = requireResource(request);
  requireLocation(request);
  writeEnvelope(identity, request.body);
  return Response.json(renderIdentity(identity));
}

function newPrincipal({ azure, tenant, id, param }: ManagementRequest): Resource["properties"] {
  const { tenantId } = tenant;
  const displayName = param("resourceName");
  const principal = createManagedIdentityPrincipal(azure, {
    tenantId,
    resourceId: id,
    displayName,
  });
  return { tenantId, principalId: principal.objectId, clientId: principal.appId };
}

/**
 * Throws for a name that no user-assigned identity can have: 3 to 128 letters, digits, hyphens and underscores, of which the
 * first is a letter or a digit (learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules). Code and
 * text are unverified.
 */
function requireIdentityName(name: string): void {
  if (/^[a-z0-9][a-z0-9_-]{2,127}$/i.test(name)) return;
  throw new ManagementError(
    400,
    "BadRequest",
    `The resource name '${name}' is invalid. It must have 3 to 128 letters, digits, '-' and '_', and begin with a letter or a digit.`,
  );
}
