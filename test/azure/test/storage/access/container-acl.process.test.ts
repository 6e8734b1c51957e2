import type { ContainerClient } from "@azure/storage-blob";
import { beforeEach, describe, expect, it } from "vitest";
import { failure, type StorageWorld } from "../storage-world.ts";
import { useStorageWorld } from "../use-storage-world.ts";

// Documents: "Get Container ACL" and "Set Container ACL" of the Blob service REST reference, "Authorize with Microsoft Entra
// ID", and "Prevent anonymous read access to containers and blobs". What this cannot prove: that Azure answers so.

const policies = [
  {
    id: "readers",
    accessPolicy: { permissions: "r", expiresOn: new Date("2040-01-02T03:04:05Z") },
  },
  { id: "none", accessPolicy: { permissions: "rl", startsOn: new Date("2030-01-01T00:00:00Z") } },
];

let world: StorageWorld;
let invoices: ContainerClient;
useStorageWorld((renewed) => (world = renewed));
beforeEach(() => {
  const owner = world.client(world.principalWith("Storage Blob Data Owner"));
  invoices = owner.getContainerClient("invoices");
});

describe("A container's access policies", () => {
  it("refuses Contributor, whose role has neither getAcl nor setAcl", async () => {
    const client = world.client(world.principalWith("Storage Blob Data Contributor"));
    const container = client.getContainerClient("invoices");
    const denied = { statusCode: 403, code: "AuthorizationPermissionMismatch" };
    await expect(container.getAccessPolicy()).rejects.toMatchObject(denied);
    await expect(container.setAccessPolicy(undefined, [])).rejects.toMatchObject(denied);
  });

  it.each(["blob", "container"] as const)(
    "refuses public access to %s where the account does not allow it",
    async (access) => {
      const refused = {
        statusCode: 409,
        code: "PublicAccessNotPermitted",
        message: expect.stringContaining("Public access is not permitted on this storage account."),
      };
      await expect(invoices.setAccessPolicy(access)).rejects.toMatchObject(refused);
      const created = world.client(world.principalWith("Storage Blob Data Owner"));
      await expect(created.createContainer("public", { access })).rejects.toMatchObject(refused);
    },
  );

  it("refuses public access as not emulated where the account allows it", async () => {
    world.account.properties["allowBlobPublicAccess"] = true;
    const principal = world.principalWith("Storage Blob Data Owner");
    const headers = { "x-ms-blob-public-access": "blob" };
    const path = "/invoices?restype=container&comp=acl";
    const answer = await world.send("PUT", path, { principal, headers });
    expect([answer.status, await failure(answer)]).toEqual([
      501,
      expect.stringContaining("public access to a container is not emulated"),
    ]);
  });

  it("refuses to set them without the container's lease", async () => {
    await invoices.getBlobLeaseClient().acquireLease(15);
    const conditions = { leaseId: crypto.randomUUID() };
    await expect(invoices.setAccessPolicy(undefined, [], { conditions })).rejects.toMatchObject({
      statusCode: 412,
      code: "LeaseIdMismatchWithContainerOperation",
    });
  });

  it("are none at first, kept as they are set, and replaced", async () => {
    expect((await invoices.getAccessPolicy()).signedIdentifiers).toEqual([]);
    await invoices.setAccessPolicy(undefined, policies);
    const kept = await invoices.getAccessPolicy();
    expect([kept.signedIdentifiers, kept.blobPublicAccess]).toEqual([policies, undefined]);
    const principal = world.principalWith("Storage Blob Data Owner");
    const path = "/invoices?restype=container&comp=acl";
    expect((await world.send("HEAD", path, { principal })).status).toBe(200);
    await invoices.setAccessPolicy(undefined, []);
    expect((await invoices.getAccessPolicy()).signedIdentifiers).toEqual([]);
  });
});
