import type { BlockBlobClient, ContainerClient } from "@azure/storage-blob";
import type { ServicePrincipal } from "../../../src/world/directory-records.ts";
import type { Resource } from "../../../src/world/resource-records.ts";
import type { StorageWorld } from "../storage-world.ts";

/** A blob, and the container "backup" of another tenant's account to copy it to; for tests. */
export interface CopyBetweenAccounts {
  /** Owns the source. */
  readonly owner: ServicePrincipal;
  readonly source: BlockBlobClient;
  readonly account: Resource;
  /** As a principal of the account's tenant that may write there. */
  readonly backup: ContainerClient;
}

/** Writes the source and makes what it is copied to. */
export async function copyBetweenAccounts(world: StorageWorld): Promise<CopyBetweenAccounts> {
  const owner = world.principalWith("Storage Blob Data Owner");
  const source = world.client(owner).getContainerClient("invoices").getBlockBlobClient("a b.txt");
  const properties = { blobContentType: "text/plain", blobCacheControl: "no-store" };
  await source.upload("hello", 5, { blobHTTPHeaders: properties });
  const { other } = world.tenants;
  const account = world.newAccount(other);
  world.newContainer(account, "backup");
  const writer = world.principalWith("Storage Blob Data Contributor", account.id, other);
  return {
    owner,
    source,
    account,
    backup: world.client(writer, account).getContainerClient("backup"),
  };
}

/** What stands in blobs of a container. */
export async function contentsOf(
  container: ContainerClient,
  ...names: string[]
): Promise<string[]> {
  const blobs = names.map((name) => container.getBlobClient(name).downloadToBuffer());
  return (await Promise.all(blobs)).map(String);
}
