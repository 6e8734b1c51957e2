import { isVisible } from "../world/consistency.ts";
import type { ServicePrincipal } from "../world/directory-records.ts";
import { findApplication } from "../world/directory/lookup.ts";
import { addressedPrincipal, findAddressedPrincipal, keyOf } from "./engine/addressed-objects.ts";
import { badRequest, notFound } from "./engine/errors.ts";
import { createsIfMissing, jsonBody, requiredText } from "./engine/json-body.ts";
import { READ, requireWritePrincipal, WRITE } from "./engine/permissions.ts";
import { noContent } from "./engine/respond.ts";
import type { GraphRequest, GraphRoute } from "./engine/route.ts";
import { answerCollection, answerCount, answerEntity } from "./odata/answer-entities.ts";
import { servicePrincipalType } from "./odata/types.ts";
import { ownersShown } from "./render/owner-references.ts";
import { renderServicePrincipal } from "./render/service-principal.ts";
import { createPrincipal } from "./rules/create-service-principal.ts";
import { deletePrincipal } from "./rules/delete-application.ts";
import { writePrincipal } from "./rules/service-principal-body.ts";

const path = "/servicePrincipals/{id|appId}";
const common = { supported: "yes", verified: "document" } as const;
const withoutRoles = { supported: "partly", missing: "roles of its own" } as const;

/** `/servicePrincipals` of the caller's tenant (graph/api/resources/serviceprincipal). */
export const servicePrincipalRoutes: readonly GraphRoute[] = [
  {
    ...common,
    method: "GET",
    path: "/servicePrincipals",
    document: "graph/api/serviceprincipal-list",
    permissions: READ,
    supported: "partly",
    missing: "Microsoft's own service principals",
    handle: (request) => {
      const [items, owners] = [ownTenants(request), ownersShown(request.azure)];
      return answerCollection(request, servicePrincipalType, "servicePrincipals", items, owners);
    },
  },
  {
    ...common,
    method: "GET",
    path: "/servicePrincipals/$count",
    document: "graph/aad-advanced-queries",
    permissions: READ,
    handle: (request) => answerCount(request, servicePrincipalType, ownTenants(request)),
  },
  {
    ...common,
    method: "POST",
    path: "/servicePrincipals",
    document: "graph/api/serviceprincipal-post-serviceprincipals",
    verified: "observed",
    ...withoutRoles,
    permissions: WRITE,
    handle: (request) => {
      const { appId, ...settings } = jsonBody(request);
      return createPrincipal(
        request,
        requiredText({ appId }, "appId", "ServicePrincipal"),
        settings,
      );
    },
  },
  {
    ...common,
    method: "GET",
    path,
    document: "graph/api/serviceprincipal-get",
    permissions: READ,
    handle: (request) => {
      const shown = renderServicePrincipal(request.azure, addressedPrincipal(request));
      const owners = ownersShown(request.azure);
      return answerEntity(request, servicePrincipalType, "servicePrincipals", shown, owners);
    },
  },
  {
    ...common,
    method: "PATCH",
    path,
    document: "graph/api/serviceprincipal-upsert",
    ...withoutRoles,
    permissions: WRITE,
    handle: update,
  },
  {
    ...common,
    method: "DELETE",
    path,
    document: "graph/api/serviceprincipal-delete",
    permissions: WRITE,
    handle: remove,
  },
];

function ownTenants({ azure, caller }: GraphRequest) {
  return [...azure.state.servicePrincipals.values()]
    .filter((each) => each.tenantId === caller.tenantId && isVisible(azure, each))
    .map((principal) => renderServicePrincipal(azure, principal));
}

/** An update, or under `Prefer: create-if-missing` a creation for the appId of the path (serviceprincipal-upsert). */
function update(request: GraphRequest): Response {
  const principal = findAddressedPrincipal(request);
  const { name, value } = keyOf(request, "servicePrincipals");
  if (principal === undefined) {
    if (name !== "appId" || !createsIfMissing(request)) throw notFound(value);
    return createPrincipal(request, value, jsonBody(request));
  }
  requireOwner(request, principal);
  writePrincipal(request.azure, principal, jsonBody(request));
  return noContent();
}

function remove(request: GraphRequest): Response {
  const principal = addressedPrincipal(request);
  requireOwner(request, principal);
  if (principal.servicePrincipalType === "ManagedIdentity") {
    // It goes with its identity only; code and text are unverified.
    throw badRequest("Service principals of managed identities cannot be deleted directly.");
  }
  deletePrincipal(request.azure, principal);
  return noContent();
}

function requireOwner({ azure, caller }: GraphRequest, principal: ServicePrincipal): void {
  requireWritePrincipal(caller, principal, findApplication(azure.state, principal.appId));
}
