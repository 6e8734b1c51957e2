import type { AppService } from "../app-service/app-service.ts";
import { createManagedIdentityPrincipal } from "../entra/managed-identity-principal.ts";
import type { Resource } from "../state.ts";
import { deleteResource } from "./delete-resource.ts";
import type { ManagementRequest, Operation } from "./operation.ts";
import { listOperations } from "./list-operations.ts";
import {
  findResource,
  putResource,
  renderResource,
  requireLocation,
  requireResource,
  requireResourceGroup,
  writeEnvelope,
} from "./resource-store.ts";

const type = "Microsoft.ManagedIdentity/userAssignedIdentities";
const path = `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${type}/{resourceName}`;

/** User-assigned identities (https://learn.microsoft.com/rest/api/managedidentity/user-assigned-identities). */
export function userAssignedIdentityOperations(appService: AppService): Operation[] {
  return [
    ...listOperations(type, renderResource),
    {
      method: "GET",
      path,
      action: `${type}/read`,
      handle: (request) => Response.json(renderResource(requireResource(request))),
    },
    { method: "PUT", path, action: `${type}/write`, handle: put },
    { method: "PATCH", path, action: `${type}/write`, handle: patch },
    {
      method: "DELETE",
      path,
      action: `${type}/delete`,
      handle: async ({ azure, id }) => {
        const identity = findResource(azure.state, id);
        if (identity === undefined) return new Response(null, { status: 204 });
        await deleteResource(azure, appService, identity);
        return new Response(null, { status: 200 });
      },
    },
  ];
}

/** Creating an identity creates its service principal in the subscription's tenant; writing it again keeps that one. */
function put(request: ManagementRequest): Response {
  const { azure, id } = request;
  requireResourceGroup(azure.state, id);
  requireLocation(request);
  const properties = findResource(azure.state, id)?.properties ?? newPrincipal(request);
  const { resource, created } = putResource(request, type, properties);
  return Response.json(renderResource(resource), { status: created ? 201 : 200 });
}

function patch(request: ManagementRequest): Response {
  const identity = requireResource(request);
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
