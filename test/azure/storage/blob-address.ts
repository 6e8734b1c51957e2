import type { Azure } from "../azure.ts";

/**
 * Where an account's name stands in an address: `https://localhost:PORT/<account>/` or, as on Azure,
 * `https://<account>.blob.localhost:PORT/`. Only resolvers that know every name under localhost as loopback (RFC 6761
 * section 6.3) find the second, and some clients cannot parse the first.
 */
export type BlobAddressStyle = "path" | "host";

/** The address of an account's blobs, with a trailing slash, in the style that Resource Manager reports or another. */
export function blobEndpoint(
  { endpoints, blobAddresses = "path" }: Pick<Azure, "endpoints" | "blobAddresses">,
  account: string,
  style: BlobAddressStyle = blobAddresses,
): string {
  if (style === "path") return `${endpoints.storage}/${account}/`;
  return `${endpoints.storage.replace("https://localhost", `https://${account}.blob.localhost`)}/`;
}

/** The name in a host such as `name.blob.localhost`, undefined for any other host. */
export function accountInHost(hostname: string): string | undefined {
  return /^([a-z0-9-]+)\.blob\.localhost$/i.exec(hostname)?.[1];
}
