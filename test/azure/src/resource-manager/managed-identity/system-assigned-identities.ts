import { systemAssigned } from "../../world/directory/host-identities.ts";
import { ManagementError } from "../engine/errors.ts";
import type { ManagementRequest, Operation } from "../engine/operation.ts";
import { requireResource } from "../engine/resource-store.ts";

const type = "Microsoft.ManagedIdentity/identities";

/** The system-assigned identity of a resource (https://learn.microsoft.com/rest/api/managedidentity/system-assigned-identities). */
export const systemAssignedIdentityOperations: Operation[] = [
  {
    method: "GET",
    path: `{scope}/providers/${type}/default`,
    action: `${type}/read`,
    handle: (request) => {
      const { tenantId, principalId, clientId, location } = find(request);
      return Response.json({
        id: request.id,
        name: "default",
        type,
        location,
        properties: { tenantId, principalId, clientId },
      });
    },
  },
];

/** Throws for a resource that has none; code and text are unverified. */
function find(request: ManagementRequest) {
  const { azure, param } = request;
  const host = requireResource({ ...request, id: param("scope") });
  const principal = systemAssigned(azure.state, host);
  if (principal === undefined)
    throw new ManagementError(
      404,
      "ResourceNotFound",
      `The Resource '${request.id}' was not found: '${host.id}' has no system-assigned identity.`,
    );
  const { tenantId, objectId: principalId, appId: clientId } = principal;
  return { tenantId, principalId, clientId, location: host.location };
}
