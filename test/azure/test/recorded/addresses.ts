import type { Endpoints } from "../../src/world/endpoints.ts";

/** Where a request goes here. */
export interface LocalAddress {
  readonly service: keyof Endpoints;
  readonly url: string;
}

/**
 * The address here of what stands at a recorded one; undefined for what no service here has. Vaults and accounts keep their
 * names, subscriptions are all the one that there is.
 */
export function addressHere(
  recorded: string,
  endpoints: Endpoints,
  subscriptionId: string,
): LocalAddress | undefined {
  const url = new URL(recorded);
  const path = `${url.pathname}${url.search}`;
  const [name = ""] = url.hostname.split(".");
  if (url.hostname === "management.azure.com") {
    const own = path.replace(/^\/subscriptions\/[^/?]+/i, `/subscriptions/${subscriptionId}`);
    return { service: "resourceManager", url: `${endpoints.resourceManager}${own}` };
  }
  if (url.hostname === "graph.microsoft.com")
    return { service: "graph", url: `${endpoints.graph}${path}` };
  if (url.hostname === "login.microsoftonline.com")
    return { service: "login", url: `${endpoints.login}${path}` };
  if (url.hostname.endsWith(".blob.core.windows.net"))
    return { service: "storage", url: `${endpoints.storage}/${name}${path}` };
  if (url.hostname.endsWith(".vault.azure.net")) {
    const { port } = new URL(endpoints.keyVault);
    return { service: "keyVault", url: `https://${name}.vault.localhost:${port}${path}` };
  }
  return undefined;
}
