import { Hono } from "hono";
import type { Azure } from "../service/azure.ts";
import type { SiteHost } from "../service/site-host.ts";
import type { VaultListeners } from "../service/vault-listeners.ts";
import { answerManagementRequest } from "./answer-request.ts";
import { asManagementError, ManagementError } from "./engine/errors.ts";
import { contentTypes } from "./content-types.ts";
import { operationFinder } from "./find-operation.ts";
import { responseHeaders } from "./response-headers.ts";
import { operationGroups } from "./routes.ts";

/** POSTs that change nothing. */
const readOnly = /\/(?:list|listKeys|checkNameAvailability)$/i;

/**
 * Azure Resource Manager with the resource providers that are emulated; everything else answers 501. `metadata` tells the
 * cloud's addresses.
 */
export function createResourceManager(
  azure: Azure,
  siteHost: SiteHost,
  vaultListeners: VaultListeners,
  metadata: Hono,
): Hono {
  const groups = operationGroups(siteHost, vaultListeners);
  const find = operationFinder(groups.flatMap(({ operations }) => operations));
  const app = new Hono();
  app.use(azure.traffic.middleware("resource-manager", readOnly));
  app.use(responseHeaders);
  app.use(contentTypes);
  app.onError((error, c) => {
    const refusal = asManagementError(error);
    if (refusal !== undefined) return refusal.toResponse();
    azure.log("resource-manager-error", { path: c.req.path, error: error.stack });
    return new ManagementError(500, "InternalServerError", "unexpected error").toResponse();
  });
  // Azure's own metadata endpoint is at Resource Manager's address, and open; some tools know that address alone. The Azure CLI asks at the second for a cloud that is registered with a slash at the end of this address.
  app.on("GET", ["/metadata/endpoints", "//metadata/endpoints"], (c) => {
    const { origin, search } = new URL(c.req.url);
    return metadata.fetch(new Request(`${origin}/metadata/endpoints${search}`, c.req.raw));
  });
  app.all("*", (c) => answerManagementRequest(azure, find, c.req.raw));
  return app;
}
