import { randomUUID } from "node:crypto";
import { Hono, type Context } from "hono";
import type { Azure } from "../azure.ts";
import { findServicePrincipal } from "../directory.ts";
import type { Application } from "../state.ts";
import { addressedApplication, addresses } from "./addressing.ts";
import { defaultSettings, writeProperties } from "./application-body.ts";
import { answerCollection, contextOf } from "./collection.ts";
import type { GraphEnv } from "./graph.ts";
import { jsonBody, requiredText } from "./json-body.ts";
import { boundOwners } from "./owners.ts";
import { createsAsOwner, requireCreate, requireRead, requireWrite } from "./permissions.ts";

type GraphContext = Context<GraphEnv>;

/** `/applications` (graph/api/resources/application). Deleting is soft: see deleted-items.ts. */
export function applicationRoutes(azure: Azure): Hono<GraphEnv> {
  const routes = new Hono<GraphEnv>();
  routes.get("/applications", (c) => list(azure, c));
  routes.post("/applications", (c) => create(azure, c));
  routes.on("GET", addresses("applications"), (c) => {
    requireRead(c.get("caller"));
    return answer(c, addressedApplication(azure, c), 200);
  });
  routes.on("PATCH", addresses("applications"), (c) => update(azure, c));
  routes.on("DELETE", addresses("applications"), (c) => {
    const application = addressedApplication(azure, c);
    requireWrite(c.get("caller"), application);
    deleteApplication(azure, application);
    return c.body(null, 204);
  });
  return routes;
}

function list({ state }: Azure, c: GraphContext): Response {
  const caller = c.get("caller");
  requireRead(caller);
  const own = [...state.applications.values()].filter((a) => a.tenantId === caller.tenantId);
  return answerCollection(c, "applications", own.map(renderApplication));
}

async function create(azure: Azure, c: GraphContext): Promise<Response> {
  const caller = c.get("caller");
  requireCreate(caller);
  const { "owners@odata.bind": bind, ...body } = await jsonBody(c);
  const displayName = requiredText(body, "displayName", "Application");
  const application = newApplication(azure, caller.tenantId, displayName);
  writeProperties(application, body);
  const owners = new Set(boundOwners(azure, caller.tenantId, bind));
  // An application created under OwnedBy belongs to its creator (msgraph-sdk-powershell#829).
  if (createsAsOwner(caller)) owners.add(caller.objectId);
  application.owners = [...owners];
  azure.state.applications.set(application.objectId, application);
  return answer(c, application, 201);
}

async function update(azure: Azure, c: GraphContext): Promise<Response> {
  const application = addressedApplication(azure, c);
  requireWrite(c.get("caller"), application);
  // Applied to a copy first: a refused property must not leave half of the change behind.
  const changed = { ...application, settings: { ...application.settings } };
  writeProperties(changed, await jsonBody(c));
  azure.state.applications.set(application.objectId, changed);
  return c.body(null, 204);
}

function answer(c: GraphContext, application: Application, status: 200 | 201): Response {
  const context = contextOf(c, "applications/$entity");
  return c.json({ "@odata.context": context, ...renderApplication(application) }, status);
}

/**
 * Moves an application to the deleted items and removes its service principal from its own tenant. In other tenants it stays,
 * orphaned: a customer's directory is not the publisher's to change
 * (learn.microsoft.com/entra/identity-platform/app-objects-and-service-principals).
 */
function deleteApplication({ state }: Azure, application: Application): void {
  const { objectId, tenantId, appId } = application;
  state.applications.delete(objectId);
  state.deletedApplications.set(objectId, application);
  const principal = findServicePrincipal(state, tenantId, appId);
  if (principal !== undefined) state.servicePrincipals.delete(principal.objectId);
}

function newApplication(azure: Azure, tenantId: string, displayName: string): Application {
  return {
    objectId: randomUUID(),
    appId: randomUUID(),
    tenantId,
    displayName,
    signInAudience: "AzureADMyOrg",
    owners: [],
    requiredResourceAccess: [],
    settings: defaultSettings(),
    federatedIdentityCredentials: new Map(),
    createdDateTime: `${new Date(azure.clock.now()).toISOString().slice(0, 19)}Z`,
  };
}

/** An application as Graph shows it. */
export function renderApplication(application: Application) {
  return {
    id: application.objectId,
    deletedDateTime: null,
    appId: application.appId,
    applicationTemplateId: null,
    disabledByMicrosoftStatus: null,
    createdDateTime: application.createdDateTime,
    displayName: application.displayName,
    publisherDomain: null,
    signInAudience: application.signInAudience,
    requiredResourceAccess: application.requiredResourceAccess,
    keyCredentials: [],
    passwordCredentials: [],
    ...application.settings,
  };
}
