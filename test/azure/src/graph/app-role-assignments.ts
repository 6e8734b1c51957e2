import { isVisible } from "../world/consistency.ts";
import type { AppRoleAssignment, ServicePrincipal } from "../world/directory-records.ts";
import { addressedPrincipal, keyOf } from "./engine/addressed-objects.ts";
import { badRequest, notImplemented } from "./engine/errors.ts";
import { ASSIGN_ROLES, READ, requireAssignRoles } from "./engine/permissions.ts";
import { noContent } from "./engine/respond.ts";
import type { GraphRequest, GraphRoute } from "./engine/route.ts";
import { answerCollection, answerCreated } from "./odata/answer-entities.ts";
import { appRoleAssignmentType } from "./odata/types.ts";
import { renderAppRoleAssignment, renderGraphPermission } from "./render/app-role-assignment.ts";
import { createAppRoleAssignment } from "./rules/create-app-role-assignment.ts";

const missing = "Microsoft's own service principals as resources, users and groups as principals";
const common = { supported: "partly", missing, verified: "document" } as const;

/** The roles of APIs that clients were assigned, from both of their sides (graph/api/resources/approleassignment). */
export const appRoleAssignmentRoutes: readonly GraphRoute[] = [
  ...routesOf("appRoleAssignments", "principalId"),
  ...routesOf("appRoleAssignedTo", "resourceId"),
];

type Collection = "appRoleAssignments" | "appRoleAssignedTo";
type AddressedAs = "principalId" | "resourceId";

function routesOf(collection: Collection, addressedAs: AddressedAs): readonly GraphRoute[] {
  const path = `/servicePrincipals/{id|appId}/${collection}`;
  const page = collection.toLowerCase();
  return [
    {
      ...common,
      method: "GET",
      path,
      document: `graph/api/serviceprincipal-list-${page}`,
      permissions: READ,
      handle: (request) => list(request, collection, addressedAs),
    },
    {
      ...common,
      method: "POST",
      path,
      document: `graph/api/serviceprincipal-post-${page}`,
      permissions: ASSIGN_ROLES,
      handle: (request) => create(request, collection, addressedAs),
    },
    {
      ...common,
      method: "DELETE",
      path: `${path}/{id}`,
      document: `graph/api/serviceprincipal-delete-${page}`,
      permissions: ASSIGN_ROLES,
      handle: (request) => remove(request, keyOf(request, collection).value, addressedAs),
    },
  ];
}

function list(request: GraphRequest, collection: Collection, addressedAs: AddressedAs): Response {
  const principal = addressedPrincipal(request);
  const permissions = addressedAs === "principalId" ? principal.graphPermissions : [];
  const shown = [
    ...permissions.map((permission) => renderGraphPermission(principal, permission)),
    ...assignmentsOf(request, principal, addressedAs).flatMap((each) => shownTo(request, each)),
  ];
  return answerCollection(request, appRoleAssignmentType, contextOf(principal, collection), shown);
}

function create(request: GraphRequest, collection: Collection, addressedAs: AddressedAs): Response {
  requireAssignRoles(request.caller);
  const principal = addressedPrincipal(request);
  const { assignment, client, api } = createAppRoleAssignment(request, principal, addressedAs);
  const shown = renderAppRoleAssignment(assignment, client, api);
  return answerCreated(request, contextOf(principal, collection), shown);
}

function remove(request: GraphRequest, id: string, addressedAs: AddressedAs): Response {
  requireAssignRoles(request.caller);
  const principal = addressedPrincipal(request);
  const isGraphs = principal.graphPermissions.some(
    (permission) => renderGraphPermission(principal, permission).id === id,
  );
  if (isGraphs) throw notImplemented("to take a permission of Microsoft Graph away");
  const found = assignmentsOf(request, principal, addressedAs).find((each) => each.id === id);
  // Observed (microsoft-graph-docs#12385).
  if (found === undefined)
    throw badRequest("EntitlementGrant being updated or deleted is not found.");
  request.azure.state.appRoleAssignments.delete(id);
  return noContent();
}

/** Those that others see by now. */
function assignmentsOf(
  { azure }: GraphRequest,
  { objectId }: ServicePrincipal,
  addressedAs: AddressedAs,
): AppRoleAssignment[] {
  return [...azure.state.appRoleAssignments.values()].filter(
    (each) => each[addressedAs] === objectId && isVisible(azure, each),
  );
}

/** Nothing where one of both service principals is gone: what is left shows again when it is restored. */
function shownTo({ azure }: GraphRequest, assignment: AppRoleAssignment) {
  const { servicePrincipals } = azure.state;
  const client = servicePrincipals.get(assignment.principalId);
  const api = servicePrincipals.get(assignment.resourceId);
  if (client === undefined || api === undefined) return [];
  return [renderAppRoleAssignment(assignment, client, api)];
}

function contextOf({ objectId }: ServicePrincipal, collection: string): string {
  return `servicePrincipals('${objectId}')/${collection}`;
}
