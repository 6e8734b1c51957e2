import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { forwardRequest } from "../forward-request.ts";
import { objectField } from "../resource-manager/json-object.ts";
import type { Resource } from "../state.ts";
import { accessRestrictions } from "./access-restrictions.ts";

/** The public face of a site: access restrictions, then the site's process. `port` is the process's, if there is one. */
export function createMainFront(
  site: Resource,
  port: () => number | undefined,
): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.all("*", async (c) => {
    const clientAddress = c.env.incoming.socket.remoteAddress ?? "";
    if (!isAdmitted(site, clientAddress)) return forbidden(clientAddress);
    const target = port();
    if (target === undefined) return unavailable();
    const url = new URL(c.req.url);
    const headers = new Headers(c.req.raw.headers);
    headers.set("x-forwarded-for", clientAddress);
    headers.set("x-forwarded-proto", "https");
    headers.set("x-forwarded-host", url.host);
    headers.set("x-client-ip", clientAddress);
    const path = `${url.pathname}${url.search}`;
    return forwardRequest(c.req.raw, { port: target, path, headers }).catch(unavailable);
  });
  return app;
}

/** Disabling public network access leaves private endpoints only, of which there are none here. */
function isAdmitted({ properties }: Resource, clientAddress: string): boolean {
  if (String(properties["publicNetworkAccess"]).toLowerCase() === "disabled") return false;
  return accessRestrictions(objectField(properties, "siteConfig"))(clientAddress);
}

/** App Service's page for a refused address; its reason phrase "Ip Forbidden" is in the text, HTTP/2 has none. */
function forbidden(clientAddress: string): Response {
  const body = page(
    "Error 403 - Forbidden",
    "Ip Forbidden: the web app you have attempted to reach has blocked your access.",
  );
  return new Response(body, {
    status: 403,
    headers: { "content-type": "text/html", "x-ms-forbidden-ip": clientAddress },
  });
}

function unavailable(): Response {
  const body = page(
    ":( Application Error",
    "Service Unavailable: the site has no running application.",
  );
  return new Response(body, { status: 503, headers: { "content-type": "text/html" } });
}

function page(title: string, text: string): string {
  return `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1><p>${text}</p></body></html>`;
}
