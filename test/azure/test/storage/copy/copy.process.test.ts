import type { ContainerClient } from "@azure/storage-blob";
import { beforeEach, describe, expect, it } from "vitest";
import type { ServicePrincipal } from "../../../src/world/directory-records.ts";
import type { StorageWorld } from "../storage-world.ts";
import { useStorageWorld } from "../use-storage-world.ts";

// Documents: "Copy Blob" and "Copy Blob From URL" of the Blob service REST reference. What this cannot prove: that Azure
// answers so, and a copy that takes time, which no copy here does.

let world: StorageWorld;
let writer: ServicePrincipal;
let source: ContainerClient;
let target: ContainerClient;
useStorageWorld((renewed) => (world = renewed));
beforeEach(async () => {
  const payslips = world.newContainer(world.account, "payslips");
  const owner = world.client(world.principalWith("Storage Blob Data Owner"));
  source = owner.getContainerClient("payslips");
  await source.getBlockBlobClient("a b").upload("hello", 5);
  writer = world.principalWith("Storage Blob Data Contributor", world.containerId);
  world.tenants.grant(writer, "Storage Blob Data Reader", payslips);
  target = world.client(writer).getContainerClient("invoices");
});

describe("Copying a blob within its account", () => {
  it("refuses a source that the caller may not read", async () => {
    const blob = world.client(world.reader).getContainerClient("invoices").getBlobClient("copy");
    const url = source.getBlobClient("a b").url;
    await expect(blob.syncCopyFromURL(url)).rejects.toMatchObject({
      statusCode: 403,
      code: "CannotVerifyCopySource",
      message: expect.stringContaining("not authorized to perform this operation"),
      details: { copySourceErrorCode: "AuthorizationPermissionMismatch" },
    });
    await expect(blob.beginCopyFromURL(url)).rejects.toMatchObject({ statusCode: 403 });
  });

  it("refuses a target that the caller may not write", async () => {
    const { url } = source.getBlobClient("a b");
    const blob = world.client(writer).getContainerClient("payslips").getBlobClient("copy");
    await expect(blob.syncCopyFromURL(url)).rejects.toMatchObject({
      statusCode: 403,
      code: "AuthorizationPermissionMismatch",
    });
  });

  it("refuses a token for the source that does not count", async () => {
    const { url } = source.getBlobClient("a b");
    const sourceAuthorization = { scheme: "Bearer", value: "forged" };
    const copy = target.getBlobClient("c").syncCopyFromURL(url, { sourceAuthorization });
    await expect(copy).rejects.toMatchObject({ statusCode: 401, code: "CannotVerifyCopySource" });
  });

  it("refuses a source that is not there", async () => {
    const copy = target.getBlobClient("c").syncCopyFromURL(source.getBlobClient("none").url);
    await expect(copy).rejects.toMatchObject({ statusCode: 404, code: "CannotVerifyCopySource" });
    const elsewhere = source.getBlobClient("a").url.replace("payslips", "nowhere");
    world.tenants.grant(writer, "Storage Blob Data Reader", world.account.id);
    await expect(target.getBlobClient("c").syncCopyFromURL(elsewhere)).rejects.toMatchObject({
      statusCode: 404,
      code: "CannotVerifyCopySource",
      details: { copySourceErrorCode: "ContainerNotFound" },
    });
  });

  it("copies at once or as a long-running operation, and names the source as it was given", async () => {
    const { url } = source.getBlobClient("a b");
    const copy = target.getBlobClient("copy");
    await copy.syncCopyFromURL(url);
    expect(String(await copy.downloadToBuffer())).toBe("hello");
    const poller = await target.getBlobClient("second").beginCopyFromURL(url);
    expect(await poller.pollUntilDone()).toMatchObject({ copyStatus: "success" });
    const { copySource } = await target.getBlobClient("second").getProperties();
    expect(copySource).toBe(url);
    const list = target.listBlobsFlat({ includeCopy: true, prefix: "second" });
    expect(await list.next()).toMatchObject({ value: { properties: { copySource: url } } });
  });

  it("copies a snapshot, and from the account's other address", async () => {
    const { snapshot = "" } = await source.getBlobClient("a b").createSnapshot();
    await source.getBlockBlobClient("a b").upload("newer", 5);
    const { url } = source.getBlobClient("a b").withSnapshot(snapshot);
    const { name } = world.account;
    const byHost = url.replace(`localhost:9004/${name}`, `${name}.blob.localhost:9004`);
    const copy = target.getBlobClient("copy");
    await copy.syncCopyFromURL(byHost);
    expect(String(await copy.downloadToBuffer())).toBe("hello");
  });

  it.each(["versionid=2026-01-01T00:00:00.0000000Z", "Snapshot=2026-01-01T00:00:00.0000000Z"])(
    "refuses a source with %s as not emulated",
    async (parameter) => {
      const copy = target
        .getBlobClient("copy")
        .syncCopyFromURL(`${source.getBlobClient("a b").url}?${parameter}`);
      await expect(copy).rejects.toMatchObject({
        statusCode: 501,
        message: expect.stringContaining(`with the parameter "${parameter.split("=")[0]}"`),
      });
    },
  );

  it("refuses to abort a copy that is done", async () => {
    const copy = target.getBlobClient("copy");
    const { copyId = "" } = await copy.syncCopyFromURL(source.getBlobClient("a b").url);
    await expect(copy.abortCopyFromURL(copyId)).rejects.toMatchObject({
      statusCode: 409,
      code: "NoPendingCopyOperation",
    });
  });
});
