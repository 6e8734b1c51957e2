import type { BlockBlobClient, ContainerClient } from "@azure/storage-blob";
import { beforeEach, describe, expect, it } from "vitest";
import type { ServicePrincipal } from "../../../src/world/directory-records.ts";
import type { Resource } from "../../../src/world/resource-records.ts";
import type { StorageWorld } from "../storage-world.ts";
import { useStorageWorld } from "../use-storage-world.ts";
import { contentsOf, copyBetweenAccounts } from "./copy-between-accounts.ts";

// Documents: "Put Blob From URL" and its kin of the Blob service REST reference, x-ms-copy-source-authorization; "Authorize
// with Microsoft Entra ID". What this cannot prove: that Azure answers so.

let world: StorageWorld;
let owner: ServicePrincipal;
let source: BlockBlobClient;
let account: Resource;
let backup: ContainerClient;
useStorageWorld((renewed) => (world = renewed));
beforeEach(async () => {
  ({ owner, source, account, backup } = await copyBetweenAccounts(world));
});

async function authorizationOf(principal: ServicePrincipal) {
  const bearer = await world.tenants.bearer(principal, "storage");
  return { scheme: "Bearer", value: bearer.replace("Bearer ", "") };
}

describe("The source's token, x-ms-copy-source-authorization", () => {
  it("refuses one of the target's tenant, who is nobody at the source", async () => {
    const writer = world.principalWith("Storage Blob Data Owner", account.id, world.tenants.other);
    const sourceAuthorization = await authorizationOf(writer);
    const blob = backup.getBlockBlobClient("x");
    const refused = { statusCode: 401, code: "CannotVerifyCopySource" };
    const options = { sourceAuthorization };
    await expect(blob.syncUploadFromURL(source.url, options)).rejects.toMatchObject(refused);
    await expect(blob.stageBlockFromURL("YQ==", source.url, 0, 5, options)).rejects.toMatchObject(
      refused,
    );
  });

  it("refuses one of a principal without a role at the source", async () => {
    const sourceAuthorization = await authorizationOf(world.tenants.principal(world.tenants.home));
    const blob = backup.getBlockBlobClient("x");
    await expect(blob.syncUploadFromURL(source.url, { sourceAuthorization })).rejects.toMatchObject(
      { statusCode: 403, code: "CannotVerifyCopySource" },
    );
  });

  it.each(["bytes=3-1", "bytes=-3", "1-3"])(
    "reads no more than a range: refuses %s",
    async (range) => {
      const response = await world.send("PUT", "/backup/x?comp=block&blockid=YQ==", {
        account: account.name,
        principal: world.principalWith("Storage Blob Data Owner", account.id, world.tenants.other),
        headers: {
          "content-length": "0",
          "x-ms-copy-source": source.url,
          "x-ms-copy-source-authorization": await world.tenants.bearer(owner, "storage"),
          "x-ms-source-range": range,
        },
      });
      expect([response.status, response.headers.get("x-ms-error-code")]).toEqual([
        400,
        "InvalidHeaderValue",
      ]);
    },
  );

  it("refuses it at the asynchronous Copy Blob, which does not know it", async () => {
    const response = await world.send("PUT", "/backup/x", {
      account: account.name,
      authorization: await world.tenants.bearer(
        world.principalWith("Storage Blob Data Owner", account.id, world.tenants.other),
        "storage",
      ),
      headers: {
        "x-ms-copy-source": source.url,
        "x-ms-copy-source-authorization": await world.tenants.bearer(owner, "storage"),
      },
      blobType: false,
    });
    expect([response.status, response.headers.get("x-ms-error-code")]).toEqual([
      401,
      "CannotVerifyCopySource",
    ]);
  });

  it("lets each operation read the other tenant's blob that its principal may read", async () => {
    const sourceAuthorization = await authorizationOf(
      world.principalWith("Storage Blob Data Reader", world.containerId),
    );
    const options = { sourceAuthorization };
    await backup.getBlockBlobClient("put").syncUploadFromURL(source.url, options);
    const blocks = backup.getBlockBlobClient("blocks");
    await blocks.stageBlockFromURL("YQ==", source.url, 1, 3, options);
    await blocks.commitBlockList(["YQ=="]);
    const log = backup.getAppendBlobClient("log");
    await log.create();
    await log.appendBlockFromURL(source.url, 0, 5, options);
    await backup.getBlobClient("copy").syncCopyFromURL(source.url, options);
    expect(await contentsOf(backup, "put", "blocks", "log", "copy")).toEqual([
      "hello",
      "ell",
      "hello",
      "hello",
    ]);
  });
});
