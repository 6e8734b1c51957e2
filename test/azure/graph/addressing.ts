import type { Context } from "hono";
import type { Azure } from "../azure.ts";
import { findApplication, findServicePrincipal } from "../directory.ts";
import type { Application, ServicePrincipal } from "../state.ts";
import { notFound } from "./graph-error.ts";
import type { GraphEnv } from "./graph.ts";

/** Both addresses of one object: by object id, and by its alternate key `(appId='...')`. */
export function addresses(collection: string, rest = ""): [string, string] {
  return [`/${collection}/:id${rest}`, `/:key{${collection}\\(appId='[^']*'\\)}${rest}`];
}

/** The application that the request's path addresses in the caller's tenant. Throws Graph's 404. */
export function addressedApplication(azure: Azure, c: Context<GraphEnv>): Application {
  const { tenantId } = c.get("caller");
  const { id, appId } = addressed(c);
  const found =
    appId === undefined ? azure.state.applications.get(id) : findApplication(azure.state, appId);
  if (found?.tenantId !== tenantId) throw notFound(appId ?? id);
  return found;
}

/** The service principal that the request's path addresses in the caller's tenant. Throws Graph's 404. */
export function addressedPrincipal(azure: Azure, c: Context<GraphEnv>): ServicePrincipal {
  const { tenantId } = c.get("caller");
  const { id, appId } = addressed(c);
  const found =
    appId === undefined
      ? azure.state.servicePrincipals.get(id)
      : findServicePrincipal(azure.state, tenantId, appId);
  if (found?.tenantId !== tenantId) throw notFound(appId ?? id);
  return found;
}

function addressed(c: Context<GraphEnv>): { id: string; appId: string | undefined } {
  const appId = /\(appId='([^']*)'\)$/.exec(c.req.param("key") ?? "")?.[1];
  return { id: (c.req.param("id") ?? "").toLowerCase(), appId };
}
