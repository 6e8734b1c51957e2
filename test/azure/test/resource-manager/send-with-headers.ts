import { createKeyVault } from "../../src/key-vault/key-vault.ts";
import { createResourceManager } from "../../src/resource-manager/resource-manager.ts";
import { createMetadata } from "../../src/surroundings/cloud-metadata.ts";
import type { HomeOwner } from "./home-owner.ts";
import { withApiVersion } from "./management-client.ts";

/** Sends a request of the owner's with headers of a test's own: of a text Node would say the type. */
export async function sendWithHeaders(
  { tenants, appService, principal }: HomeOwner,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<Response> {
  const authorization = await tenants.bearer(principal, "resource-manager");
  const app = createResourceManager(
    tenants.azure,
    appService,
    createKeyVault(tenants.azure),
    createMetadata(tenants.azure),
  );
  return app.request(withApiVersion(method, path), {
    method,
    headers: { authorization, ...headers },
    ...(body === undefined ? {} : { body: new TextEncoder().encode(JSON.stringify(body)) }),
  });
}
