import type { Azure } from "../service/azure.ts";
import { vaultDnsSuffix, vaultNameInHost } from "../world/names/vault-address.ts";
import type { Resource } from "../world/resource-records.ts";
import { findVault } from "../world/resources/vaults.ts";
import type { State } from "../world/state.ts";
import { authenticateVaultRequest } from "./authenticate.ts";
import { authorizeVaultRequest, requirePublicNetwork } from "./authorize.ts";
import { badParameter, notEmulated, VaultError } from "./errors.ts";
import type { VaultRoute } from "./route.ts";
import { vaultRoutes } from "./routes.ts";

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

/** What the official clients may be set to; the last is what @azure/keyvault-secrets 4.12 sends by itself. */
const emulated = ["7.0", "7.1", "7.2", "7.3", "7.4", "7.5", "7.6", "2025-07-01", "2026-04-01"];

/** Throws BadParameter for a version that Key Vault does not know, 501 for one that only Azure knows. */
function requireApiVersion(version: string): void {
  if (emulated.includes(version)) return;
  if (/^(?:2015-06-01|2016-10-01|.+-preview.*)$/.test(version))
    throw notEmulated(`api-version '${version}'`);
  throw badParameter(
    `The specified version (${version}) is not recognized. Consider using the latest supported version (${emulated.at(-1)}).`,
  );
}

/**
 * The parameters of a path under a template such as `/secrets/{name}`, undefined when the path is another one's. A parameter
 * is one segment that is not empty; case says nothing in the others.
 */
function matchPath(template: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [template.split("/"), path.split("/")];
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of given.entries()) {
    const fixed = wanted[index] ?? "";
    const name = /^\{(\w+)\}$/.exec(fixed)?.[1];
    if (name !== undefined && segment !== "") params[name] = segment;
    else if (fixed !== segment.toLowerCase()) return undefined;
  }
  return params;
}

/**
 * The vault that an address names. On Azure the host of an unknown or deleted vault does not resolve; a listener must
 * answer, so the code and text are the local Azure's own.
 */
function requireVault(state: State, name: string | undefined): Resource {
  const vault = name === undefined ? undefined : findVault(state, name);
  if (vault !== undefined) return vault;
  throw new VaultError(
    404,
    "VaultNotFound",
    `no key vault is at this address; on Azure its host would not resolve`,
  );
}
