import { Hono } from "hono";
import type { Azure } from "../azure.ts";
import { limitBody } from "../limit-body.ts";
import { notEmulated } from "../not-emulated.ts";
import { requireTenant } from "./checks/tenant-known.ts";
import { instanceDiscovery, jwks, openidConfiguration } from "./discovery.ts";
import { correlationId, renderRefusal } from "./entra-error.ts";
import { EntraRefusal } from "./entra-refusal.ts";
import { grantToken } from "./grant-token.ts";

/** The login endpoint of every tenant: discovery, keys and tokens. */
export function createEntra(azure: Azure): Hono {
  const app = new Hono();
  // A token request changes nothing in the directory.
  app.use(azure.traffic.middleware("entra", /\/token$/));
  app.use(limitBody(64 * 1024));
  app.get("/common/discovery/instance", (c) => c.json(instanceDiscovery(azure)));
  app.get("/:tenant/v2.0/.well-known/openid-configuration", (c) =>
    c.json(openidConfiguration(azure, requireTenant(azure, c.req.param("tenant")))),
  );
  app.get("/:tenant/discovery/v2.0/keys", (c) =>
    c.json(jwks(azure, requireTenant(azure, c.req.param("tenant")))),
  );
  app.post("/:tenant/oauth2/v2.0/token", async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const authorization = c.req.header("authorization");
    try {
      const issued = await grantToken(azure, {
        tenant: c.req.param("tenant"),
        form,
        authorization,
      });
      const { token: access_token, expiresIn: expires_in } = issued;
      const answer = { token_type: "Bearer", expires_in, ext_expires_in: expires_in, access_token };
      return c.json(answer, 200, { "cache-control": "no-store" });
    } catch (error) {
      if (!(error instanceof EntraRefusal)) throw error;
      azure.log("token refused", { code: error.code, tenant: c.req.param("tenant") });
      return renderRefusal(azure, error, correlationId(c.req.raw, form));
    }
  });
  app.notFound(notEmulated);
  app.onError((error, c) => {
    if (error instanceof EntraRefusal) {
      return renderRefusal(azure, error, correlationId(c.req.raw));
    }
    azure.log("entra failed", { path: c.req.path, error: error.message });
    return c.json({ error: "server_error", error_description: "the local Azure failed" }, 500);
  });
  return app;
}
