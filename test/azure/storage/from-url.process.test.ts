import type { BlockBlobClient, ContainerClient } from "@azure/storage-blob";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Resource, ServicePrincipal } from "../state.ts";
import { blob, keyOf, signWith } from "./delegated-signer.ts";
import { StorageWorld } from "./storage-world.ts";

// Documents: "Put Blob From URL", "Put Block From URL", "Append Block From URL", "Put Page From URL" and "Copy Blob From URL"
// of the Blob service REST reference, and the two copies in "Authorize with Microsoft Entra ID". The client is the official
// one. What this cannot prove: that Azure answers so.

let world: StorageWorld;
let owner: ServicePrincipal;
let source: BlockBlobClient;
/** An account of another tenant with the container "backup", and its writer's client. */
let account: Resource;
let backup: ContainerClient;
beforeAll(async () => {
  world = await StorageWorld.start();
});
afterAll(() => world.close());
beforeEach(async () => {
  world = world.renew();
  owner = world.principalWith("Storage Blob Data Owner");
  source = world.client(owner).getContainerClient("invoices").getBlockBlobClient("a b.txt");
  const properties = { blobContentType: "text/plain", blobCacheControl: "no-store" };
  await source.upload("hello", 5, { blobHTTPHeaders: properties });
  const { other } = world.tenants;
  account = world.newAccount(other);
  world.newContainer(account, "backup");
  const writer = world.principalWith("Storage Blob Data Contributor", account.id, other);
  backup = world.client(writer, account).getContainerClient("backup");
});

/** The source with a signature that lets it be read. */
async function signed(letters = "r"): Promise<string> {
  return `${source.url}?${signWith(world, await keyOf(world, owner), blob(letters))}`;
}

async function authorizationOf(principal: ServicePrincipal) {
  const bearer = await world.tenants.bearer(principal, "storage");
  return { scheme: "Bearer", value: bearer.replace("Bearer ", "") };
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
    expect(await contents("put", "blocks", "log", "copy")).toEqual([
      "hello",
      "ell",
      "hello",
      "hello",
    ]);
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
    expect(await contents("pages")).toEqual(["b".repeat(512)]);
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

async function contents(...names: string[]): Promise<string[]> {
  const blobs = names.map((name) => backup.getBlobClient(name).downloadToBuffer());
  return (await Promise.all(blobs)).map(String);
}
