import { randomBytes } from "node:crypto";
import { isVisible, replicated } from "../../world/consistency.ts";
import type { AppRoleAssignment, ServicePrincipal } from "../../world/directory-records.ts";
import { appRolesOf } from "../../world/directory/app-roles.ts";
import type { State } from "../../world/state.ts";
import { findFirstPartyApplication } from "../../world/tokens/first-party-applications.ts";
import { badRequest, notFound, notImplemented } from "../engine/errors.ts";
import { jsonBody, requiredText } from "../engine/json-body.ts";
import type { GraphRequest } from "../engine/route.ts";
import { timestamp } from "../engine/timestamp.ts";
import { graphPrincipalId } from "../render/app-role-assignment.ts";

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
 * Gives a client a role of an API (graph/api/serviceprincipal-post-approleassignments). `addressed` is the service principal
 * of the path, which the body names again as `addressedAs`. Throws Graph's 400 and 404 (texts observed; that a role for users
 * alone is refused as one that does not exist is unverified) and 501 for APIs of Microsoft's.
 */
export function createAppRoleAssignment(
  request: GraphRequest,
  addressed: ServicePrincipal,
  addressedAs: "principalId" | "resourceId",
): MadeAssignment {
  const { azure } = request;
  const body = jsonBody(request);
  const read = (property: string) => requiredText(body, property, resource).toLowerCase();
  const named = { principalId: read("principalId"), resourceId: read("resourceId") };
  const appRoleId = read("appRoleId");
  if (named[addressedAs] !== addressed.objectId) throw badRequest("Not a valid reference update.");
  const api = requireApi(request, named.resourceId);
  const client = requirePrincipal(request, named.principalId);
  requireRole(request, api, appRoleId);
  const assignment: AppRoleAssignment = {
    id: randomBytes(32).toString("base64url"),
    appRoleId,
    principalId: client.objectId,
    resourceId: api.objectId,
    createdDateTime: timestamp(azure.clock),
    ...replicated(azure),
  };
  requireUnassigned(azure.state, assignment);
  azure.state.appRoleAssignments.set(assignment.id, assignment);
  return { assignment, client, api };
}

/** Whether or not others see the first already. */
function requireUnassigned({ appRoleAssignments }: State, made: AppRoleAssignment): void {
  const isHeld = [...appRoleAssignments.values()].some(
    ({ principalId, resourceId, appRoleId }) =>
      principalId === made.principalId &&
      resourceId === made.resourceId &&
      appRoleId === made.appRoleId,
  );
  if (isHeld) throw badRequest("Permission being assigned already exists on the object");
}

function requireApi(request: GraphRequest, objectId: string): ServicePrincipal {
  const microsofts = notImplemented("a role of one of Microsoft's own APIs");
  if (objectId === graphPrincipalId(request.caller.tenantId)) throw microsofts;
  const api = requirePrincipal(request, objectId);
  if (findFirstPartyApplication(api.appId) !== undefined) throw microsofts;
  return api;
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
