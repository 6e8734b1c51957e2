import type { BlockBlobClient, ContainerClient } from "@azure/storage-blob";
import { beforeEach, describe, expect, it } from "vitest";
import type { ServicePrincipal } from "../../../src/world/directory-records.ts";
import { blob, keyOf, signWith } from "../access/delegated-signer.ts";
import type { StorageWorld } from "../storage-world.ts";
import { useStorageWorld } from "../use-storage-world.ts";
import { contentsOf, copyBetweenAccounts } from "./copy-between-accounts.ts";

// Documents: "Put Blob From URL", "Put Block From URL", "Append Block From URL", "Put Page From URL" and "Copy Blob From URL"
// of the Blob service REST reference, and the two copies in "Authorize with Microsoft Entra ID". The client is the official
// one. What this cannot prove: that Azure answers so.

let world: StorageWorld;
let owner: ServicePrincipal;
let source: BlockBlobClient;
let backup: ContainerClient;
useStorageWorld((renewed) => (world = renewed));
beforeEach(async () => {
  ({ owner, source, backup } = await copyBetweenAccounts(world));
});

/** The source with a signature that lets it be read. */
async function signed(letters = "r"): Promise<string> {
  return `${source.url}?${signWith(world, await keyOf(world, owner), blob(letters))}`;
}

const operations: readonly (readonly [string, (url: string) => Promise<unknown>])[] = [
  ["Put Blob From URL", (url) => backup.getBlockBlobClient("x").syncUploadFromURL(url)],
  ["Put Block From URL", (url) => backup.getBlockBlobClient("x").stageBlockFromURL("YQ==", url)],
  [
    "Append Block From URL",
    async (url) => {
      const blob = backup.getAppendBlobClient("x");
      await blob.create();
      await blob.appendBlockFromURL(url, 0, 5);
    },
  ],
  [
    "Put Page From URL",
    async (url) => {
      const blob = backup.getPageBlobClient("x");
      await blob.create(512);
      await blob.uploadPagesFromURL(url, 0, 0, 512);
    },
  ],
  ["Copy Blob From URL", (url) => backup.getBlobClient("x").syncCopyFromURL(url)],
  ["Copy Blob", async (url) => (await backup.getBlobClient("x").beginCopyFromURL(url)).getResult()],
];

describe.each(operations)("%s, source in another account", (_, write) => {
  it("refuses a source without a signature or a token of its own", async () => {
    await expect(write(source.url)).rejects.toMatchObject({
      statusCode: 401,
      code: "CannotVerifyCopySource",
      message: expect.stringContaining("Server failed to authenticate the request."),
      details: { copySourceErrorCode: "NoAuthenticationInformation" },
    });
  });

  it("refuses a signature that does not let the source be read", async () => {
    await expect(write(await signed("w"))).rejects.toMatchObject({
      statusCode: 403,
      code: "CannotVerifyCopySource",
      details: { copySourceErrorCode: "AuthorizationPermissionMismatch" },
    });
  });

  it("refuses a source that is not there, or at no address of this cloud", async () => {
    const url = await signed();
    await source.delete();
    await expect(write(url)).rejects.toMatchObject({
      statusCode: 404,
      code: "CannotVerifyCopySource",
      message: expect.stringContaining("The specified blob does not exist."),
    });
    for (const elsewhere of [
      url.replace("localhost:9004", "localhost:9005"),
      url.replace("localhost:9004", "files.example"),
      url.replace("https:", "http:"),
    ])
      await expect(write(elsewhere)).rejects.toMatchObject({
        statusCode: 404,
        code: "CannotVerifyCopySource",
        message: expect.stringContaining("The specified resource does not exist."),
      });
  });
});

describe("What comes along", () => {
  it("takes the source's properties over unless told not to, and no metadata", async () => {
    await source.setMetadata({ paid: "yes" });
    const url = await signed();
    const taken = backup.getBlockBlobClient("taken");
    await taken.syncUploadFromURL(url);
    expect(await taken.getProperties()).toMatchObject({
      contentType: "text/plain",
      cacheControl: "no-store",
      metadata: {},
    });
    const left = backup.getBlockBlobClient("left");
    await left.syncUploadFromURL(url, { copySourceBlobProperties: false });
    expect(await left.getProperties()).toMatchObject({ contentType: "application/octet-stream" });
  });

  it("writes pages from any of the source's", async () => {
    const pages = world.client(owner).getContainerClient("invoices").getPageBlobClient("pages");
    await pages.create(1024);
    await pages.uploadPages("b".repeat(512), 512, 512);
    const url = `${pages.url}?${signWith(world, await keyOf(world, owner), { ...blob("r"), blobName: "pages" })}`;
    const target = backup.getPageBlobClient("pages");
    await target.create(512);
    await target.uploadPagesFromURL(url, 512, 0, 512);
    expect(await contentsOf(backup, "pages")).toEqual(["b".repeat(512)]);
  });

  it("names the source of a copy, without its signature", async () => {
    const copy = backup.getBlobClient("copy");
    await copy.syncCopyFromURL(await signed());
    expect((await copy.getProperties()).copySource).toBe(source.url);
    const listed = await backup.listBlobsFlat({ includeCopy: true }).next();
    expect(listed).toMatchObject({ value: { properties: { copySource: source.url } } });
  });

  it("refuses a source that has changed, or is not what its checksum says", async () => {
    const url = await signed();
    const blob = backup.getBlockBlobClient("x");
    const sourceConditions = { ifMatch: '"0x1"' };
    await expect(blob.syncUploadFromURL(url, { sourceConditions })).rejects.toMatchObject({
      statusCode: 412,
      code: "SourceConditionNotMet",
    });
    const sourceContentMD5 = new Uint8Array(16);
    await expect(
      blob.stageBlockFromURL("YQ==", url, 0, 5, { sourceContentMD5 }),
    ).rejects.toMatchObject({ statusCode: 400, code: "Md5Mismatch" });
  });
});
