import type { Endpoints } from "../endpoints.ts";

/**
 * What Azure's tools append to a vault's name, without scheme: `vault.localhost:PORT`. Only resolvers that know every name
 * under localhost as loopback (RFC 6761 section 6.3) find a host under it; `vaultUri` works with all of them.
 */
export function vaultDnsSuffix({ keyVault }: Endpoints): string {
  return keyVault.replace("https://", "vault.");
}

/** The name in a host such as `name.vault.localhost`, undefined for any other host. */
export function vaultNameInHost(hostname: string): string | undefined {
  return /^([a-z0-9-]+)\.vault\.localhost$/i.exec(hostname)?.[1];
}
