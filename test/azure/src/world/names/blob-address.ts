import type { BlobAddressStyle } from "../endpoints.ts";
import type { World } from "../world.ts";

/** The address of an account's blobs, with a trailing slash, in the style that Resource Manager reports or another. */
export function blobEndpoint(
  { endpoints, blobAddresses = "path" }: Pick<World, "endpoints" | "blobAddresses">,
  account: string,
  style: BlobAddressStyle = blobAddresses,
): string {
  if (style === "path") return `${endpoints.storage}/${account}/`;
  return `${endpoints.storage.replace("https://localhost", `https://${account}.blob.localhost`)}/`;
}

/**
 * What Azure's tools append to `<account>.blob.`, and judge the host of an account by. The port belongs to it where it is in
 * that address.
 */
export function storageDnsSuffix({
  endpoints,
  blobAddresses = "path",
}: Pick<World, "endpoints" | "blobAddresses">): string {
  return blobAddresses === "host" ? new URL(endpoints.storage).host : "localhost";
}

/** Whether an address is that of an account's blobs, in either style and without a trailing slash. */
export function isBlobEndpoint({ endpoints }: Pick<World, "endpoints">, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { hostname, pathname } = new URL(address);
  const account = accountInHost(hostname) ?? pathname.slice(1);
  if (!/^[a-z0-9]{3,24}$/.test(account)) return false;
  return (["path", "host"] as const).some(
    (style) => blobEndpoint({ endpoints }, account, style) === `${address}/`,
  );
}

/** The name in a host such as `name.blob.localhost` or `name.dfs.localhost`, undefined for any other host. */
export function accountInHost(hostname: string): string | undefined {
  return /^([a-z0-9-]+)\.(?:blob|dfs)\.localhost$/i.exec(hostname)?.[1];
}
