import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { limitBody } from "../http/limit-body.ts";
import type { Azure } from "../service/azure.ts";
import { notEmulated } from "../service/not-emulated-route.ts";
import {
  instanceDiscovery,
  jwks,
  openidConfiguration,
  openidConfigurationV1,
} from "./discovery.ts";
import {
  answerFault,
  correlationId,
  EntraError,
  loginHeaders,
  renderRefusal,
} from "./rules/errors.ts";
import { requireKnownInstance } from "./rules/tenant.ts";
import { answerTokenRequest } from "./token-endpoint.ts";

/** The login endpoint of every tenant: discovery, keys and tokens, by v2.0 and by v1.0. */
export function createEntra(azure: Azure): Hono {
  const app = new Hono();
  // A token request changes nothing in the directory.
  app.use(
    azure.traffic.middleware("entra", /\/token$/, (request, status) =>
      answerFault(azure, request, status),
    ),
  );
  app.use(limitBody(64 * 1024));
  // No personal Microsoft accounts here.
  app.all("/consumers/*", notEmulated);
  app.get("/common/discovery/instance", (c) => {
    const tenant = requireKnownInstance(azure, new URL(c.req.url).searchParams);
    return c.json(instanceDiscovery(azure, tenant));
  });
  app.get("/:tenant/v2.0/.well-known/openid-configuration", (c) =>
    document(openidConfiguration(azure, c.req.param("tenant"))),
  );
  app.get("/:tenant/.well-known/openid-configuration", (c) =>
    document(openidConfigurationV1(azure, c.req.param("tenant"))),
  );
  for (const path of ["/:tenant/discovery/v2.0/keys", "/:tenant/discovery/keys"] as const)
    app.get(path, (c) => document(jwks(azure, c.req.param("tenant"))));
  app.post("/:tenant/oauth2/v2.0/token", (c) =>
    answerTokenRequest(azure, c.req.raw, c.req.param("tenant"), 2),
  );
  app.post("/:tenant/oauth2/token", (c) =>
    answerTokenRequest(azure, c.req.raw, c.req.param("tenant"), 1),
  );
  app.notFound(notEmulated);
  app.onError((error, c) => {
    if (error instanceof EntraError) {
      return renderRefusal(azure, error, correlationId(c.req.raw));
    }
    azure.log("entra failed", { path: c.req.path, error: error.message });
    return c.json({ error: "server_error", error_description: "the local Azure failed" }, 500);
  });
  return app;
}

/** A public document, kept for a day and read from anywhere, as recorded. */
function document(body: object): Response {
  const { "x-ms-clitelem": _, ...headers } = loginHeaders(randomUUID());
  const cache = { "cache-control": "max-age=86400, private", "access-control-allow-origin": "*" };
  const methods = { "access-control-allow-methods": "GET, OPTIONS" };
  return Response.json(body, { headers: { ...headers, ...cache, ...methods } });
}
