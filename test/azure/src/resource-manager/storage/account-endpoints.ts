import type { Azure } from "../../service/azure.ts";
import { blobEndpoint } from "../../world/names/blob-address.ts";

/** The services of an account beside blobs, by its kind (recorded: 188 of 188 accounts). Only `dfs` answers here, as data-lake.ts says. */
const services: Readonly<Record<string, readonly string[]>> = {
  Storage: ["queue", "table", "file"],
  StorageV2: ["dfs", "web", "queue", "table", "file"],
  BlobStorage: ["dfs", "table"],
  BlockBlobStorage: ["dfs", "web"],
  FileStorage: ["file"],
};

/** `primaryEndpoints` of an account: all of them lead to this machine. */
export function primaryEndpoints(azure: Azure, name: string, kind: string): Record<string, string> {
  const { port } = new URL(azure.endpoints.storage);
  const others = (services[kind] ?? []).map((service) => [
    service,
    `https://${name}.${service}.localhost:${port}/`,
  ]);
  return { ...Object.fromEntries(others), blob: blobEndpoint(azure, name) };
}
