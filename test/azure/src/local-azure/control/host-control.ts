import { Hono } from "hono";
import { type HostEnvironment, NoSuchHost } from "./host-environment.ts";

/**
 * Part of the control address: `GET /hosts/<resource id>` answers the environment variables that make any program on this
 * machine that host, as a JSON object.
 */
export function createHostControl(hostEnvironment: HostEnvironment): Hono {
  const app = new Hono();
  app.get("/hosts/*", async (c) => {
    const resourceId = c.req.path.slice("/hosts".length);
    return c.json(await hostEnvironment(resourceId));
  });
  app.onError((error, c) => {
    if (!(error instanceof NoSuchHost)) throw error;
    return c.json({ error: { code: "NoSuchHost", message: error.message } }, 404);
  });
  return app;
}
