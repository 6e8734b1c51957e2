import type { Azure } from "../service/azure.ts";
import { vaultDnsSuffix, vaultNameInHost } from "../world/names/vault-address.ts";
import { requireApiVersion } from "./api-version.ts";
import { authenticateVaultRequest } from "./authenticate-vault-request.ts";
import { authorizeVaultRequest, requirePublicNetwork } from "./authorize-vault-request.ts";
import { requireVault } from "./find-vault.ts";
import { matchPath } from "./match-path.ts";
import { badParameter, notEmulated } from "./vault-error.ts";
import type { VaultRoute } from "./vault-route.ts";
import { vaultRoutes } from "./vault-routes.ts";

/**
 * Answers one request, JSON body or null, or throws the first refusal. Key Vault does not publish the order of its checks;
 * that authentication comes first its challenges show, and that the network comes before roles its refusals. Here it is:
 * the address names a vault, the token, the network, the api-version, the route, the secret's name, the role; then what
 * the route's handler finds. `listenerVault` is the vault that the address is of when its host names none.
 */
export async function answerVaultRequest(
  azure: Azure,
  request: Request,
  listenerVault: string | undefined,
): Promise<object | null> {
  const url = new URL(request.url);
  const hostVault = vaultNameInHost(url.hostname);
  const vaultName = hostVault ?? listenerVault;
  const authorization = request.headers.get("authorization") ?? undefined;
  // Clients check that the resource is above the vault's host, as Azure's is above Azure's hosts.
  const resource =
    hostVault === undefined
      ? "https://vault.azure.net"
      : `https://${vaultDnsSuffix(azure.endpoints)}`;
  const addressed = requireVault(azure.state, vaultName);
  const caller = await authenticateVaultRequest(azure, addressed, authorization, resource);
  const body = await request.text();
  // From here on nothing waits, so what is found now is what the handler changes.
  const vault = requireVault(azure.state, vaultName);
  requirePublicNetwork(vault, caller);
  requireApiVersion(url.searchParams.get("api-version") ?? "");
  const { route, name, version } = findRoute(request.method, url.pathname);
  if (!/^[0-9a-z-]{0,127}$/i.test(name))
    throw badParameter(`The request URI contains an invalid name: ${name}`);
  const scope = name === "" ? vault.id : `${vault.id}/secrets/${name}`;
  const dataAction = `Microsoft.KeyVault/vaults/${route.dataAction}`;
  authorizeVaultRequest(azure, caller, vault, dataAction, scope);
  const { origin, searchParams: query } = url;
  return route.handle({ azure, vault, origin, query, name, version, body });
}

type AnsweredRoute = Extract<VaultRoute, { handle: unknown }>;

/** Clients put two slashes before a path and leave one behind a name without version; Key Vault takes both. */
function findRoute(
  method: string,
  pathname: string,
): { route: AnsweredRoute; name: string; version: string } {
  const path = decode(pathname).replace(/\/+/g, "/").replace(/\/$/, "");
  for (const route of vaultRoutes) {
    const params = route.method === method ? matchPath(route.path, path) : undefined;
    if (params === undefined) continue;
    if (route.supported === "no") break;
    return { route, name: params["name"] ?? "", version: params["version"] ?? "" };
  }
  throw notEmulated(`${method} ${pathname}`);
}

function decode(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    throw badParameter(`The request URI contains an invalid name: ${pathname}`);
  }
}
