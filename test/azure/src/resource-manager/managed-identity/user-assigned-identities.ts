import type { SiteHost } from "../../service/site-host.ts";
import { createManagedIdentityPrincipal } from "../../world/directory/managed-identity-principal.ts";
import type { Resource } from "../../world/resource-records.ts";
import { deleteOperation } from "../engine/delete-operation.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";
import { readOperations } from "../engine/read-operations.ts";
import { requireLocation } from "../engine/require-location.ts";
import {
  findResource,
  putResource,
  refuseWhileGroupIsDeleted,
  renderResource,
  requireResource,
  requireResourceGroup,
  writeEnvelope,
} from "../engine/resource-store.ts";
import { requireIdentityName } from "./identity-name.ts";

const type = "Microsoft.ManagedIdentity/userAssignedIdentities";
const path = `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${type}/{resourceName}`;

/** User-assigned identities (https://learn.microsoft.com/rest/api/managedidentity/user-assigned-identities). */
export function userAssignedIdentityOperations(siteHost: SiteHost): Operation[] {
  return [
    ...readOperations(type, path, renderResource),
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
  return Response.json(renderResource(resource), { status: created ? 201 : 200 });
}

function patch(request: ManagementRequest): Response {
  const identity = requireResource(request);
  requireLocation(request);
  writeEnvelope(identity, request.body);
  return Response.json(renderResource(identity));
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
