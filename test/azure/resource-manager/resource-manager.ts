import { Hono } from "hono";
import type { AppService } from "../app-service/app-service.ts";
import type { Azure } from "../azure.ts";
import type { KeyVault } from "../key-vault/key-vault.ts";
import { createMetadata } from "../metadata.ts";
import { answerManagementRequest } from "./answer-management-request.ts";
import { operationFinder } from "./find-operation.ts";
import { asManagementError, ManagementError } from "./management-error.ts";
import { operationGroups } from "./operation-groups.ts";
import { responseHeaders } from "./response-headers.ts";

/** POSTs that change nothing. */
const readOnly = /\/(?:list|listKeys|checkNameAvailability)$/i;

/** Azure Resource Manager with the resource providers that are emulated; everything else answers 501. */
export function createResourceManager(
  azure: Azure,
  appService: AppService,
  keyVault: KeyVault,
): Hono {
  const groups = operationGroups(appService, keyVault);
  const find = operationFinder(groups.flatMap(({ operations }) => operations));
  const app = new Hono();
  app.use(azure.traffic.middleware("resource-manager", readOnly));
  app.use(responseHeaders);
  app.onError((error, c) => {
    const refusal = asManagementError(error);
    if (refusal !== undefined) return refusal.toResponse();
    azure.log("resource-manager-error", { path: c.req.path, error: error.stack });
    return new ManagementError(500, "InternalServerError", "unexpected error").toResponse();
  });
  // Azure's own metadata endpoint is at Resource Manager's address, and open; some tools know that address alone.
  const metadata = createMetadata(azure);
  // The Azure CLI asks at the second for a cloud that is registered with a slash at the end of this address.
  app.on("GET", ["/metadata/endpoints", "//metadata/endpoints"], (c) => {
    const { origin, search } = new URL(c.req.url);
    return metadata.fetch(new Request(`${origin}/metadata/endpoints${search}`, c.req.raw));
  });
  app.all("*", (c) => answerManagementRequest(azure, find, c.req.raw));
  return app;
}
