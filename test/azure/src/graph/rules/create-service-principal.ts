import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../base/json.ts";
import { replicated } from "../../world/consistency.ts";
import type { Application, ServicePrincipal } from "../../world/directory-records.ts";
import { findServicePrincipal, findVisibleApplication } from "../../world/directory/lookup.ts";
import type { State } from "../../world/state.ts";
import {
  findFirstPartyApplication,
  type FirstPartyApplication,
} from "../../world/tokens/first-party-applications.ts";
import { badRequest, GraphError } from "../engine/errors.ts";
import { createsAsOwner, requireCreatePrincipal } from "../engine/permissions.ts";
import type { GraphRequest } from "../engine/route.ts";
import { timestamp } from "../engine/timestamp.ts";
import { answerCreated } from "../odata/answer-entities.ts";
import { offeredByApplication } from "../render/offered-by-application.ts";
import { boundOwners } from "../render/owner-references.ts";
import { renderServicePrincipal } from "../render/service-principal.ts";
import { writePrincipal } from "./service-principal-body.ts";

/** Makes the presence of an application in the caller's tenant (graph/api/serviceprincipal-post-serviceprincipals). */
export function createPrincipal(request: GraphRequest, appId: string, body: JsonObject): Response {
  const { azure, caller } = request;
  const wanted = appId.toLowerCase();
  const application = findVisibleApplication(azure, wanted);
  requireCreatePrincipal(caller, application);
  const backing = requireBackingApplication(application, wanted, caller.tenantId);
  refuseSecond(azure.state, caller.tenantId, wanted);
  const { "owners@odata.bind": bind, ...settings } = body;
  const principal = newPrincipal(request, backing, appRolesIn(caller.tenantId, application));
  if (application?.tenantId !== caller.tenantId)
    Object.assign(principal.settings, offeredByApplication(application));
  writePrincipal(azure, principal, settings);
  const owners = new Set(boundOwners(azure, caller.tenantId, bind));
  if (createsAsOwner(caller)) owners.add(caller.objectId);
  principal.owners = [...owners];
  azure.state.servicePrincipals.set(principal.objectId, principal);
  return answerCreated(request, "servicePrincipals", renderServicePrincipal(azure, principal));
}

/**
 * A service principal is the local presence of an application of this tenant, or of a multitenant one of another,
 * or of one of Microsoft's own (graph/api/serviceprincipal-post-serviceprincipals). A managed
 * identity's client id names no application at all. Code, text and detail observed for ids without application; that
 * single-tenant applications of other tenants are refused with the same is unverified.
 */
export function requireBackingApplication(
  application: Application | undefined,
  appId: string,
  tenantId: string,
): FirstPartyApplication {
  const firstParty = findFirstPartyApplication(appId);
  if (firstParty !== undefined) return firstParty;
  if (application?.tenantId === tenantId) return application;
  if (application?.signInAudience === "AzureADMultipleOrgs") return application;
  const message = `The appId '${appId}' of the service principal does not reference a valid application object.`;
  throw badRequest(message, [{ code: "NoBackingApplicationObject", message, target: "appId" }]);
}

/** One service principal per application and tenant (text observed). */
export function refuseSecond(state: State, tenantId: string, appId: string): void {
  if (findServicePrincipal(state, tenantId, appId) === undefined) return;
  throw new GraphError(
    409,
    "Request_MultipleObjectsWithSameKeyValue",
    `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`,
  );
}

/** The roles of another tenant's application, which this tenant keeps as they are now. */
function appRolesIn(
  tenantId: string,
  application: Application | undefined,
): Pick<ServicePrincipal, "appRoles"> {
  if (application === undefined || application.tenantId === tenantId) return {};
  return { appRoles: application.appRoles ?? [] };
}

function newPrincipal(
  { azure, caller }: GraphRequest,
  { appId, displayName }: FirstPartyApplication,
  appRoles: Pick<ServicePrincipal, "appRoles">,
): ServicePrincipal {
  return {
    objectId: randomUUID(),
    appId,
    tenantId: caller.tenantId,
    displayName,
    accountEnabled: true,
    servicePrincipalType: "Application",
    graphPermissions: [],
    alternativeNames: [],
    settings: {},
    createdDateTime: timestamp(azure.clock),
    ...appRoles,
    ...replicated(azure),
  };
}
