import { Hono } from "hono";
import type { Azure } from "../azure.ts";
import { addressedApplication, addresses } from "./addressing.ts";
import { answerCollection } from "./collection.ts";
import { badRequest, notFound } from "./graph-error.ts";
import type { GraphEnv } from "./graph.ts";
import { jsonBody } from "./json-body.ts";
import { requireAddOwner, requireRead, requireWrite } from "./permissions.ts";
import { renderServicePrincipal } from "./render-service-principal.ts";

/** An application's owners, here always service principals of its tenant (graph/api/application-list-owners). */
export function ownerRoutes(azure: Azure): Hono<GraphEnv> {
  const routes = new Hono<GraphEnv>();
  routes.on("GET", addresses("applications", "/owners"), (c) => {
    requireRead(c.get("caller"));
    const owners = addressedApplication(azure, c)
      .owners.map((id) => azure.state.servicePrincipals.get(id))
      .filter((principal) => principal !== undefined)
      .map((principal) => ({
        "@odata.type": "#microsoft.graph.servicePrincipal",
        ...renderServicePrincipal(azure, principal),
      }));
    return answerCollection(c, "directoryObjects", owners);
  });
  routes.on("POST", addresses("applications", "/owners/$ref"), async (c) => {
    const caller = c.get("caller");
    const application = addressedApplication(azure, c);
    requireAddOwner(caller);
    const { "@odata.id": reference } = await jsonBody(c);
    const [owner = ""] = boundOwners(azure, caller.tenantId, [reference]);
    if (application.owners.includes(owner)) {
      throw badRequest(
        "One or more added object references already exist for the following modified properties: 'owners'.",
      );
    }
    application.owners.push(owner);
    return c.body(null, 204);
  });
  routes.on("DELETE", addresses("applications", "/owners/:owner/$ref"), (c) => {
    const application = addressedApplication(azure, c);
    requireWrite(c.get("caller"), application);
    const owner = (c.req.param("owner") ?? "").toLowerCase();
    if (!application.owners.includes(owner)) throw notFound(owner);
    application.owners = application.owners.filter((id) => id !== owner);
    return c.body(null, 204);
  });
  return routes;
}

/** The object ids that an `owners@odata.bind` names, each an existing service principal of the tenant. Throws Graph's errors. */
export function boundOwners(azure: Azure, tenantId: string, bind: unknown): string[] {
  if (bind === undefined) return [];
  if (!Array.isArray(bind)) throw badRequest("Invalid value specified for property 'owners'.");
  return bind.map((reference: unknown) => {
    const named = typeof reference === "string" ? reference.toLowerCase() : "";
    const id = /\/directoryobjects\/([^/]+)$/.exec(named)?.[1];
    if (id === undefined) throw badRequest("Invalid value specified for property 'owners'.");
    if (azure.state.servicePrincipals.get(id)?.tenantId !== tenantId) throw notFound(id);
    return id;
  });
}
