import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import type { Azure } from "../azure.ts";
import { issueManagedIdentityToken } from "../entra/issue-token.ts";
import type { Resource } from "../state.ts";
import { assignedIdentity, IdentityRefused } from "./assigned-identity.ts";

/** A site as the identity endpoint knows it. */
export interface IdentityHolder {
  readonly site: Resource;
  readonly identityHeader: string;
}

/** App Service's managed identity endpoint: one plain HTTP listener on loopback for the processes of all sites. */
export class IdentityEndpoint {
  readonly #app: Hono;
  #server: Promise<Server> | undefined;

  constructor(azure: Azure, sites: () => Iterable<IdentityHolder>) {
    this.#app = createIdentityEndpoint(azure, sites);
  }

  /** IDENTITY_ENDPOINT; starts listening when first asked. */
  async url(): Promise<string> {
    this.#server ??= listen(this.#app);
    const { port } = (await this.#server).address() as AddressInfo;
    return `http://127.0.0.1:${port}/msi/token`;
  }

  async close(): Promise<void> {
    const server = await this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    server.close();
    server.closeAllConnections();
  }
}

/**
 * The endpoint's wire format, api-version 2019-08-01
 * (https://learn.microsoft.com/azure/app-service/overview-managed-identity, REST endpoint reference).
 */
function createIdentityEndpoint(azure: Azure, sites: () => Iterable<IdentityHolder>): Hono {
  const app = new Hono();
  app.get("/msi/token", async (c) => {
    const header = c.req.header("x-identity-header") ?? "";
    const holder = [...sites()].find(({ identityHeader }) => identityHeader === header);
    if (holder === undefined) return c.body(null, 401);
    const query = new URL(c.req.url).searchParams;
    const apiVersion = query.get("api-version");
    if (apiVersion !== "2019-08-01")
      return c.text(`api-version "${apiVersion}" is not emulated`, 501);
    const resource = query.get("resource");
    if (!resource) throw new IdentityRefused("The parameter 'resource' is required.");
    const principal = assignedIdentity(azure.state, holder.site, query);
    const { token, expiresOn } = await issueManagedIdentityToken(azure, principal, resource);
    return c.json({
      access_token: token,
      expires_on: String(expiresOn),
      resource,
      token_type: "Bearer",
      client_id: principal.appId.toUpperCase(),
    });
  });
  app.notFound((c) => c.text(`${c.req.method} ${c.req.path} is not emulated`, 501));
  app.onError((error, c) => {
    const correlationId = crypto.randomUUID();
    if (error instanceof IdentityRefused)
      return c.json({ statusCode: 400, message: error.message, correlationId }, 400);
    azure.log("identity-endpoint-error", { error: error.message });
    // "occured" is how App Service spells it.
    const message = "An unexpected error occured while fetching the AAD Token.";
    return c.json({ statusCode: 500, message, correlationId }, 500);
  });
  return app;
}

async function listen(app: Hono): Promise<Server> {
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => void listener(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}
