import { randomBytes } from "node:crypto";
import { appRolesOf, assignmentsBetween, type AppRoleAssignment } from "../app-roles.ts";
import { isVisible, replicated } from "../consistency.ts";
import { findFirstPartyApplication } from "../entra/first-party-applications.ts";
import type { ServicePrincipal } from "../state.ts";
import { badRequest, notFound, notImplemented } from "./graph-error.ts";
import type { GraphRequest } from "./graph-route.ts";
import { jsonBody, requiredText } from "./json-body.ts";
import { graphPrincipalId } from "./render-app-role-assignment.ts";
import { timestamp } from "./timestamp.ts";

const resource = "AppRoleAssignment";

/** Role of an API that has none (graph/api/resources/approleassignment, `appRoleId`). */
const DEFAULT_ROLE = "00000000-0000-0000-0000-000000000000";

/** An assignment that was made, and between whom. */
export interface MadeAssignment {
  readonly assignment: AppRoleAssignment;
  readonly client: ServicePrincipal;
  readonly api: ServicePrincipal;
}

/**
 * Gives a client a role of an API (graph/api/serviceprincipal-post-approleassignments). `addressed` is the service principal of the path, which the body names
 * again as `addressedAs`. Throws Graph's 400 and 404 (texts observed; that a role for users alone is refused as one that
 * does not exist is unverified) and 501 for APIs of Microsoft's.
 */
export function createAppRoleAssignment(
  request: GraphRequest,
  addressed: ServicePrincipal,
  addressedAs: "principalId" | "resourceId",
): MadeAssignment {
  const { azure } = request;
  const body = jsonBody(request);
  const [principalId, resourceId, appRoleId] = (
    ["principalId", "resourceId", "appRoleId"] as const
  ).map((property) => requiredText(body, property, resource).toLowerCase());
  const named = { principalId, resourceId }[addressedAs];
  if (named !== addressed.objectId) throw badRequest("Not a valid reference update.");
  refuseMicrosofts(request, resourceId ?? "");
  const api = requirePrincipal(request, resourceId ?? "");
  const client = requirePrincipal(request, principalId ?? "");
  requireRole(request, api, appRoleId ?? "");
  const isHeld = assignmentsBetween(azure, client, api).some(
    (each) => each.appRoleId === appRoleId,
  );
  if (isHeld) throw badRequest("Permission being assigned already exists on the object");
  const assignment: AppRoleAssignment = {
    id: randomBytes(32).toString("base64url"),
    appRoleId: appRoleId ?? "",
    principalId: client.objectId,
    resourceId: api.objectId,
    createdDateTime: timestamp(azure.clock),
    ...replicated(azure),
  };
  azure.state.appRoleAssignments.set(assignment.id, assignment);
  return { assignment, client, api };
}

function refuseMicrosofts({ azure, caller }: GraphRequest, resourceId: string): void {
  const appId = azure.state.servicePrincipals.get(resourceId)?.appId ?? "";
  const isMicrosofts = findFirstPartyApplication(appId) !== undefined;
  if (isMicrosofts || resourceId === graphPrincipalId(caller.tenantId))
    throw notImplemented("a role of one of Microsoft's own APIs");
}

function requirePrincipal({ azure, caller }: GraphRequest, objectId: string): ServicePrincipal {
  const found = azure.state.servicePrincipals.get(objectId);
  if (found?.tenantId === caller.tenantId && isVisible(azure, found)) return found;
  throw notFound(objectId);
}

function requireRole({ azure }: GraphRequest, api: ServicePrincipal, appRoleId: string): void {
  const roles = appRolesOf(azure.state, api);
  if (appRoleId === DEFAULT_ROLE && roles.length === 0) return;
  const isAssignable = roles.some(
    ({ id, isEnabled, allowedMemberTypes }) =>
      id === appRoleId && isEnabled && allowedMemberTypes.includes("Application"),
  );
  if (!isAssignable) throw badRequest("Permission being assigned was not found on application");
}
