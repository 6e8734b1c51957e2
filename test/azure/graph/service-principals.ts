import { randomUUID } from "node:crypto";
import { Hono, type Context } from "hono";
import type { Azure } from "../azure.ts";
import { findApplication, findServicePrincipal } from "../directory.ts";
import type { Application, ServicePrincipal } from "../state.ts";
import { addressedPrincipal, addresses } from "./addressing.ts";
import { answerCollection, contextOf } from "./collection.ts";
import { badRequest, GraphError } from "./graph-error.ts";
import type { GraphEnv } from "./graph.ts";
import { jsonBody, requiredText } from "./json-body.ts";
import { requireCreatePrincipal, requireRead, requireWritePrincipal } from "./permissions.ts";
import { renderServicePrincipal } from "./render-service-principal.ts";
import { readPrincipalSettings, type PrincipalSettings } from "./service-principal-body.ts";

type GraphContext = Context<GraphEnv>;

/** `/servicePrincipals` of the caller's tenant (graph/api/resources/serviceprincipal). */
export function servicePrincipalRoutes(azure: Azure): Hono<GraphEnv> {
  const routes = new Hono<GraphEnv>();
  routes.get("/servicePrincipals", (c) => list(azure, c));
  routes.post("/servicePrincipals", (c) => create(azure, c));
  routes.on("GET", addresses("servicePrincipals"), (c) => {
    requireRead(c.get("caller"));
    return answer(azure, c, addressedPrincipal(azure, c), 200);
  });
  routes.on("PATCH", addresses("servicePrincipals"), async (c) => {
    const principal = writablePrincipal(azure, c);
    const { accountEnabled, ...kept } = readPrincipalSettings(await jsonBody(c));
    if (accountEnabled !== undefined) principal.accountEnabled = accountEnabled;
    Object.assign(principal.settings, kept);
    return c.body(null, 204);
  });
  routes.on("DELETE", addresses("servicePrincipals"), (c) => {
    const principal = writablePrincipal(azure, c);
    if (principal.servicePrincipalType === "ManagedIdentity") {
      // It goes with its identity only; code and text are unverified.
      throw badRequest("Service principals of managed identities cannot be deleted directly.");
    }
    azure.state.servicePrincipals.delete(principal.objectId);
    return c.body(null, 204);
  });
  return routes;
}

function list(azure: Azure, c: GraphContext): Response {
  const { tenantId } = c.get("caller");
  requireRead(c.get("caller"));
  const own = [...azure.state.servicePrincipals.values()].filter((p) => p.tenantId === tenantId);
  const rendered = own.map((principal) => renderServicePrincipal(azure, principal));
  return answerCollection(c, "servicePrincipals", rendered);
}

async function create(azure: Azure, c: GraphContext): Promise<Response> {
  const caller = c.get("caller");
  const { appId, ...settings } = await jsonBody(c);
  const wanted = requiredText({ appId }, "appId", "ServicePrincipal").toLowerCase();
  const application = findApplication(azure.state, wanted);
  requireCreatePrincipal(caller, application);
  const backing = requireBackingApplication(application, wanted, caller.tenantId);
  refuseSecond(azure, caller.tenantId, wanted);
  const read = readPrincipalSettings(settings);
  const principal = newServicePrincipal(azure, caller.tenantId, backing, read);
  azure.state.servicePrincipals.set(principal.objectId, principal);
  return answer(azure, c, principal, 201);
}

function answer(
  azure: Azure,
  c: GraphContext,
  principal: ServicePrincipal,
  status: 200 | 201,
): Response {
  const context = contextOf(c, "servicePrincipals/$entity");
  const rendered = renderServicePrincipal(azure, principal);
  return c.json({ "@odata.context": context, ...rendered }, status);
}

function writablePrincipal(azure: Azure, c: GraphContext): ServicePrincipal {
  const principal = addressedPrincipal(azure, c);
  const application = findApplication(azure.state, principal.appId);
  requireWritePrincipal(c.get("caller"), principal, application);
  return principal;
}

/**
 * A service principal is the local presence of an application of this tenant, or of a multitenant one of another. A managed
 * identity's client id names no application at all. Code, text and detail observed for ids without application; that
 * single-tenant applications of other tenants are refused with the same is unverified.
 */
function requireBackingApplication(
  application: Application | undefined,
  appId: string,
  tenantId: string,
): Application {
  if (application?.tenantId === tenantId) return application;
  if (application?.signInAudience === "AzureADMultipleOrgs") return application;
  const message = `The appId '${appId}' of the service principal does not reference a valid application object.`;
  throw badRequest(message, [{ code: "NoBackingApplicationObject", message, target: "appId" }]);
}

/** One service principal per application and tenant (text observed). */
function refuseSecond(azure: Azure, tenantId: string, appId: string): void {
  if (findServicePrincipal(azure.state, tenantId, appId) === undefined) return;
  throw new GraphError(
    409,
    "Request_MultipleObjectsWithSameKeyValue",
    `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`,
  );
}

function newServicePrincipal(
  azure: Azure,
  tenantId: string,
  { appId, displayName }: Application,
  { accountEnabled = true, ...settings }: PrincipalSettings,
): ServicePrincipal {
  return {
    objectId: randomUUID(),
    appId,
    tenantId,
    displayName,
    accountEnabled,
    servicePrincipalType: "Application",
    graphPermissions: [],
    alternativeNames: [],
    settings,
    createdDateTime: `${new Date(azure.clock.now()).toISOString().slice(0, 19)}Z`,
  };
}
