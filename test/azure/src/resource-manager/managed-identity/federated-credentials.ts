import type { SiteHost } from "../../service/site-host.ts";
import { replicated } from "../../world/consistency.ts";
import { identityCredentialType as type } from "../../world/directory/identity-credentials.ts";
import type { Resource } from "../../world/resource-records.ts";
import { deleteOperation } from "../engine/common-operations.ts";
import { listPage } from "../engine/list-page.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";
import {
  findResource,
  listResources,
  putResource,
  requireParent,
  requireResource,
} from "../engine/resource-store.ts";
import {
  federatedCredentialProperties,
  requireCredentialName,
} from "./federated-credential-body.ts";
import { answerWritten, renderNested } from "./render-identity.ts";

const collection =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}/federatedIdentityCredentials";
const path = `${collection}/{federatedIdentityCredentialResourceName}`;

/**
 * Federated identity credentials of user-assigned identities
 * (https://learn.microsoft.com/rest/api/managedidentity/federated-identity-credentials).
 */
export function federatedCredentialOperations(siteHost: SiteHost): Operation[] {
  return [
    {
      method: "GET",
      path: collection,
      action: `${type}/read`,
      handle: (request) => {
        const { id } = requireIdentity(request, request.id);
        return listPage(request, listResources(request.azure.state, type, id).map(renderNested));
      },
    },
    {
      method: "GET",
      path,
      action: `${type}/read`,
      handle: (request) => Response.json(renderNested(requireResource(request))),
    },
    { method: "PUT", path, action: `${type}/write`, handle: put },
    deleteOperation(type, path, siteHost),
  ];
}

/** A new credential is seen by Entra after a while, a changed one at once. */
function put(request: ManagementRequest): Response {
  const { azure, id } = request;
  const identity = requireIdentity(request, id.slice(0, id.lastIndexOf("/")));
  requireCredentialName(request.param("federatedIdentityCredentialResourceName"));
  const existing = findResource(azure.state, id);
  const others = listResources(azure.state, type, identity.id).filter((one) => one !== existing);
  const properties = federatedCredentialProperties(request.body, others);
  const { resource, created } = putResource(request, type, properties);
  if (created) azure.state.resources.set(id.toLowerCase(), { ...resource, ...replicated(azure) });
  return answerWritten(request, renderNested(resource), created);
}

/** The identity that the collection at `collectionId` belongs to. */
function requireIdentity({ azure }: ManagementRequest, collectionId: string): Resource {
  const identityId = collectionId.slice(0, collectionId.lastIndexOf("/"));
  return requireParent(azure.state, identityId, type.slice(type.indexOf("/") + 1));
}
