import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { objectField } from "../base/json.ts";
import { forwardRequest } from "../http/forward-request.ts";
import type { Resource } from "../world/resource-records.ts";
import { accessRestrictions } from "../world/resources/access-restrictions.ts";
import { isStopped } from "../world/resources/site-config.ts";
import { errorPage, refuseAddress } from "./error-page.ts";
import { decodedPath, frontHeaders } from "./front-headers.ts";

/**
 * The public face of a site: access restrictions, then the site's process. `port` resolves when the process listens, with
 * undefined when the site has none: App Service forwards nothing to a container before that is ready (WEBSITE_WARMUP_PATH,
 * https://learn.microsoft.com/azure/app-service/reference-app-settings). That a request waits meanwhile is unverified.
 */
export function createMainFront(
  site: Resource,
  port: () => Promise<number | undefined>,
): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.all("*", async (c) => {
    const { incoming } = c.env;
    const clientAddress = incoming.socket.remoteAddress ?? "";
    const isAdmitted = accessRestrictions(objectField(site.properties, "siteConfig"));
    const refusal = refuseAddress(site, isAdmitted, clientAddress);
    if (refusal !== undefined) return refusal;
    if (isStopped(site)) return stopped();
    const target = await port();
    if (target === undefined) return unavailable();
    const url = new URL(c.req.url);
    const headers = frontHeaders(c.req.raw.headers, site, {
      hostName: url.host,
      clientAddress,
      clientPort: incoming.socket.remotePort ?? 0,
      url: incoming.url ?? "",
    });
    const path = `${decodedPath(url.pathname)}${url.search}`;
    return forwardRequest(c.req.raw, { port: target, path, headers }).catch(unavailable);
  });
  return app;
}

/** That a stopped site tells so to admitted addresses only is unverified. */
function stopped(): Response {
  return errorPage(
    403,
    "Error 403 - This web app is stopped.",
    "The web app you have attempted to reach is currently stopped and does not accept any requests.",
  );
}

function unavailable(): Response {
  return errorPage(
    503,
    ":( Application Error",
    "Service Unavailable: the site has no running application.",
  );
}
