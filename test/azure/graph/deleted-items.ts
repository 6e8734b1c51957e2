import { Hono } from "hono";
import type { Azure } from "../azure.ts";
import type { Application } from "../state.ts";
import { renderApplication } from "./applications.ts";
import { answerCollection } from "./collection.ts";
import { notFound } from "./graph-error.ts";
import type { GraphEnv } from "./graph.ts";
import { requireRead, requireWrite } from "./permissions.ts";

/** Deleted applications, which Entra keeps for 30 days (graph/api/resources/directory). Restoring is not emulated. */
export function deletedItemRoutes(azure: Azure): Hono<GraphEnv> {
  const deleted = azure.state.deletedApplications;
  const find = (tenantId: string, id: string): Application => {
    const application = deleted.get(id.toLowerCase());
    if (application?.tenantId !== tenantId) throw notFound(id);
    return application;
  };
  const routes = new Hono<GraphEnv>();
  routes.get("/directory/deletedItems/microsoft.graph.application", (c) => {
    const caller = c.get("caller");
    requireRead(caller);
    const own = [...deleted.values()].filter((a) => a.tenantId === caller.tenantId);
    return answerCollection(c, "applications", own.map(renderApplication));
  });
  routes.get("/directory/deletedItems/:id", (c) => {
    const caller = c.get("caller");
    requireRead(caller);
    return c.json(renderApplication(find(caller.tenantId, c.req.param("id"))));
  });
  routes.delete("/directory/deletedItems/:id", (c) => {
    const caller = c.get("caller");
    const application = find(caller.tenantId, c.req.param("id"));
    requireWrite(caller, application);
    deleted.delete(application.objectId);
    return c.body(null, 204);
  });
  return routes;
}
