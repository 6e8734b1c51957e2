import { Hono } from "hono";
import type { Azure } from "../azure.ts";
import { BearerRefused, verifyBearer, type Caller } from "../bearer.ts";
import { audiencesOf } from "../entra/resources.ts";
import { limitBody } from "../limit-body.ts";
import { notEmulated } from "../not-emulated.ts";
import { applicationRoutes } from "./applications.ts";
import { deletedItemRoutes } from "./deleted-items.ts";
import { federatedCredentialRoutes } from "./federated-credentials.ts";
import { GraphError, renderGraphError, tokenRefused } from "./graph-error.ts";
import { ownerRoutes } from "./owners.ts";
import { servicePrincipalRoutes } from "./service-principals.ts";

/** What every Graph route is given: the verified caller, whose tenant is the directory it reads and writes. */
export interface GraphEnv {
  Variables: { caller: Caller };
}

/** Microsoft Graph, v1.0 and beta alike, for applications and service principals. */
export function createGraph(azure: Azure): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();
  app.use(azure.traffic.middleware("graph"));
  app.use(limitBody(1024 * 1024));
  app.use(async (c, next) => {
    const authorization = c.req.header("authorization");
    c.set("caller", await verifyBearer(azure, authorization, audiencesOf(azure, "graph")));
    await next();
  });
  for (const routes of [
    deletedItemRoutes(azure),
    ownerRoutes(azure),
    federatedCredentialRoutes(azure),
    applicationRoutes(azure),
    servicePrincipalRoutes(azure),
  ]) {
    app.route("/:version{v1\\.0|beta}", routes);
  }
  app.notFound(notEmulated);
  app.onError((error, c) => {
    if (error instanceof GraphError) return renderGraphError(azure, error, c.req.raw);
    if (error instanceof BearerRefused) {
      return renderGraphError(azure, tokenRefused(error), c.req.raw);
    }
    azure.log("graph failed", { path: c.req.path, error: error.message });
    return c.json(
      { error: { code: "InternalServerError", message: "the local Azure failed" } },
      500,
    );
  });
  return app;
}
