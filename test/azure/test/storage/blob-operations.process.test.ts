import type { BlobServiceClient, ContainerClient } from "@azure/storage-blob";
import { beforeEach, describe, expect, it } from "vitest";
import { blobNames, uploadBlob } from "./container-blobs.ts";
import type { StorageWorld } from "./storage-world.ts";
import { useStorageWorld } from "./use-storage-world.ts";

// Documents: Blob service REST reference, "Authorize with Microsoft Entra ID", permissions for Blob service operations. The
// client is the official one. What this cannot prove: that Azure answers so.

const denied = { statusCode: 403, code: "AuthorizationPermissionMismatch" };

let world: StorageWorld;
let owner: BlobServiceClient;
let invoices: ContainerClient;
useStorageWorld((renewed) => (world = renewed));
beforeEach(() => {
  owner = world.client(world.principalWith("Storage Blob Data Owner"));
  invoices = owner.getContainerClient("invoices");
});

/** The container as a principal with a role at the account sees it. */
function as(roleName: string): ContainerClient {
  return world.client(world.principalWith(roleName)).getContainerClient("invoices");
}

describe("Get Account Information", () => {
  it("refuses the roles for blobs, which do not have getInfo", async () => {
    await expect(owner.getAccountInfo()).rejects.toMatchObject(denied);
  });

  it("tells the account's SKU and kind as Resource Manager has them, at every level", async () => {
    world.account.sku = { name: "Standard_ZRS" };
    world.account.kind = "BlobStorage";
    const client = world.client(world.principalWith("Storage Account Contributor"));
    const info = { skuName: "Standard_ZRS", accountKind: "BlobStorage" };
    expect(await client.getAccountInfo()).toMatchObject(info);
    const container = client.getContainerClient("invoices");
    expect(await container.getAccountInfo()).toMatchObject(info);
    expect(await container.getBlobClient("a").getAccountInfo()).toMatchObject(info);
  });
});

describe("Blob tags", () => {
  it("refuses Contributor, whose role has no tags", async () => {
    await uploadBlob(invoices, "a");
    const blob = as("Storage Blob Data Contributor").getBlockBlobClient("a");
    await expect(blob.getTags()).rejects.toMatchObject(denied);
    await expect(blob.setTags({ paid: "yes" })).rejects.toMatchObject(denied);
  });

  it("refuses tags along with an upload, and in a list, without the permission for tags", async () => {
    const container = as("Storage Blob Data Contributor");
    const tags = { paid: "yes" };
    const put = container.getBlockBlobClient("a").upload("x", 1, { tags });
    await expect(put).rejects.toMatchObject(denied);
    await expect(blobNames(container, { includeTags: true })).rejects.toMatchObject(denied);
  });

  it("refuses to find blobs by tags with Contributor's role", async () => {
    const client = world.client(world.principalWith("Storage Blob Data Contributor"));
    await expect(client.findBlobsByTags("paid='yes'").next()).rejects.toMatchObject(denied);
  });

  it("are set, read, listed and found by an owner", async () => {
    await uploadBlob(invoices, "a");
    const blob = invoices.getBlobClient("a");
    await blob.setTags({ paid: "yes" });
    expect((await blob.getTags()).tags).toEqual({ paid: "yes" });
    const list = invoices.listBlobsFlat({ includeTags: true });
    expect(await list.next()).toMatchObject({ value: { name: "a", tags: { paid: "yes" } } });
    const found = { value: { name: "a", containerName: "invoices" } };
    expect(await owner.findBlobsByTags("paid='yes'").next()).toMatchObject(found);
    expect(await invoices.findBlobsByTags("paid='yes'").next()).toMatchObject(found);
  });
});

describe("Snapshots, metadata and leases", () => {
  it("refuses a reader each of them", async () => {
    await uploadBlob(invoices, "a");
    const container = as("Storage Blob Data Reader");
    const blob = container.getBlobClient("a");
    await expect(blob.createSnapshot()).rejects.toMatchObject(denied);
    await expect(blob.setMetadata({ a: "1" })).rejects.toMatchObject(denied);
    await expect(blob.getBlobLeaseClient().acquireLease(15)).rejects.toMatchObject(denied);
    await expect(container.setMetadata({ a: "1" })).rejects.toMatchObject(denied);
    await expect(container.getBlobLeaseClient().acquireLease(15)).rejects.toMatchObject(denied);
  });

  it("keeps a snapshot's content when its blob is replaced, and lists both", async () => {
    await uploadBlob(invoices, "a", "old");
    const { snapshot = "" } = await invoices.getBlobClient("a").createSnapshot();
    await uploadBlob(invoices, "a", "new");
    const before = invoices.getBlobClient("a").withSnapshot(snapshot);
    expect(String(await before.downloadToBuffer())).toBe("old");
    expect(await blobNames(invoices, { includeSnapshots: true })).toEqual(["a", "a"]);
  });

  it("lists metadata of blobs and containers", async () => {
    const metadata = { paid: "yes" };
    await invoices.getBlockBlobClient("a").upload("x", 1, { metadata });
    await invoices.setMetadata({ kind: "test" });
    const blobs = invoices.listBlobsFlat({ includeMetadata: true });
    expect(await blobs.next()).toMatchObject({ value: { metadata } });
    const containers = owner.listContainers({ includeMetadata: true });
    expect(await containers.next()).toMatchObject({ value: { metadata: { kind: "test" } } });
  });

  it("refuses to write over a leased blob without its lease", async () => {
    await uploadBlob(invoices, "a");
    const blob = invoices.getBlockBlobClient("a");
    const { leaseId = "" } = await blob.getBlobLeaseClient().acquireLease(15);
    await expect(uploadBlob(invoices, "a")).rejects.toMatchObject({
      statusCode: 412,
      code: "LeaseIdMissing",
    });
    await blob.upload("x", 1, { conditions: { leaseId } });
  });
});
