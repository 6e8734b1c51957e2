import type { BlobServiceClient, ContainerClient } from "@azure/storage-blob";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { StorageWorld } from "./storage-world.ts";

// Documents: Blob service REST reference, "Authorize with Microsoft Entra ID", permissions for Blob service operations. The
// client is the official one. What this cannot prove: that Azure answers so.

const denied = { statusCode: 403, code: "AuthorizationPermissionMismatch" };

let world: StorageWorld;
let owner: BlobServiceClient;
let invoices: ContainerClient;
beforeAll(async () => {
  world = await StorageWorld.start();
});
afterAll(() => world.close());
beforeEach(() => {
  world = world.renew();
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
    await upload(invoices, "a");
    const blob = as("Storage Blob Data Contributor").getBlockBlobClient("a");
    await expect(blob.getTags()).rejects.toMatchObject(denied);
    await expect(blob.setTags({ paid: "yes" })).rejects.toMatchObject(denied);
  });

  it("refuses tags along with an upload, and in a list, without the permission for tags", async () => {
    const container = as("Storage Blob Data Contributor");
    const tags = { paid: "yes" };
    const put = container.getBlockBlobClient("a").upload("x", 1, { tags });
    await expect(put).rejects.toMatchObject(denied);
    await expect(names(container, { includeTags: true })).rejects.toMatchObject(denied);
  });

  it("refuses to find blobs by tags with Contributor's role", async () => {
    const client = world.client(world.principalWith("Storage Blob Data Contributor"));
    await expect(client.findBlobsByTags("paid='yes'").next()).rejects.toMatchObject(denied);
  });

  it("are set, read, listed and found by an owner", async () => {
    await upload(invoices, "a");
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
    await upload(invoices, "a");
    const container = as("Storage Blob Data Reader");
    const blob = container.getBlobClient("a");
    await expect(blob.createSnapshot()).rejects.toMatchObject(denied);
    await expect(blob.setMetadata({ a: "1" })).rejects.toMatchObject(denied);
    await expect(blob.getBlobLeaseClient().acquireLease(15)).rejects.toMatchObject(denied);
    await expect(container.setMetadata({ a: "1" })).rejects.toMatchObject(denied);
    await expect(container.getBlobLeaseClient().acquireLease(15)).rejects.toMatchObject(denied);
  });

  it("keeps a snapshot's content when its blob is replaced, and lists both", async () => {
    await upload(invoices, "a", "old");
    const { snapshot = "" } = await invoices.getBlobClient("a").createSnapshot();
    await upload(invoices, "a", "new");
    const before = invoices.getBlobClient("a").withSnapshot(snapshot);
    expect(String(await before.downloadToBuffer())).toBe("old");
    expect(await names(invoices, { includeSnapshots: true })).toEqual(["a", "a"]);
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
    await upload(invoices, "a");
    const blob = invoices.getBlockBlobClient("a");
    const { leaseId = "" } = await blob.getBlobLeaseClient().acquireLease(15);
    await expect(upload(invoices, "a")).rejects.toMatchObject({
      statusCode: 412,
      code: "LeaseIdMissing",
    });
    await blob.upload("x", 1, { conditions: { leaseId } });
  });
});

describe("Blob Batch", () => {
  it("refuses a role without containers/write", async () => {
    await upload(invoices, "a");
    const blobs = [invoices.getBlobClient("a").url];
    const client = world.client(world.principalWith("Storage Blob Data Reader"));
    const batch = client.getBlobBatchClient().deleteBlobs(blobs, credentialOf(client));
    await expect(batch).rejects.toMatchObject(denied);
  });

  it("refuses each part that its own authorization does not allow, and carries out the others", async () => {
    await upload(invoices, "a");
    const payslips = (await owner.createContainer("payslips")).containerClient;
    await upload(payslips, "b");
    const writer = world.principalWith("Storage Blob Data Contributor");
    const reader = world.client(world.principalWith("Storage Blob Data Reader"));
    const client = world.client(writer);
    const batches = client.getBlobBatchClient();
    const batch = batches.createBatch();
    await batch.deleteBlob(invoices.getBlobClient("a").url, credentialOf(client));
    await batch.deleteBlob(payslips.getBlobClient("b").url, credentialOf(reader));
    await batch.deleteBlob(invoices.getBlobClient("none").url, credentialOf(client));
    const { subResponses, subResponsesFailedCount } = await batches.submitBatch(batch);
    expect(subResponses.map(({ status, errorCode }) => [status, errorCode])).toEqual([
      [202, undefined],
      [403, "AuthorizationPermissionMismatch"],
      [404, "BlobNotFound"],
    ]);
    expect(subResponsesFailedCount).toBe(2);
    expect([await names(invoices), await names(payslips)]).toEqual([[], ["b"]]);
  });

  it("ends a part without a body by one empty line, as the document's sample does", async () => {
    await upload(invoices, "a");
    const part = `--b\r\nContent-ID: 0\r\n\r\nDELETE /${world.account.name}/invoices/a HTTP/1.1\r\n`;
    const authorization = await world.tenants.bearer(
      world.principalWith("Storage Blob Data Contributor"),
      "storage",
    );
    const answer = await world.send("POST", "/invoices?restype=container&comp=batch", {
      authorization,
      body: `${part}authorization: ${authorization}\r\n\r\n--b--`,
      headers: { "content-type": "multipart/mixed; boundary=b" },
    });
    const text = await answer.text();
    expect(text).toMatch(/HTTP\/1\.1 202 Accepted\r\n(\S+: .*\r\n)+\r\n--batchresponse_\S+--\r\n$/);
  });

  it("sets tiers within one container", async () => {
    await upload(invoices, "a");
    const blob = invoices.getBlobClient("a");
    await invoices.getBlobBatchClient().setBlobsAccessTier([blob], "Cool");
    expect((await blob.getProperties()).accessTier).toBe("Cool");
  });

  it.each([
    ["another operation", "PUT", "/invoices/a?comp=metadata", "InvalidInput"],
    ["another container than its own", "DELETE", "/payslips/a", "InvalidInput"],
    ["a whole container", "DELETE", "/invoices?restype=container", "InvalidInput"],
  ])("refuses a part that is %s", async (_, method, path, code) => {
    const part = `--b\r\nContent-ID: 0\r\n\r\n${method} /${world.account.name}${path} HTTP/1.1\r\n\r\n`;
    const answer = await world.send("POST", "/invoices?restype=container&comp=batch", {
      body: `${part}--b--`,
      headers: { "content-type": "multipart/mixed; boundary=b" },
    });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(code)]);
  });

  it("refuses a part with two Authorization headers, each of them good", async () => {
    await upload(invoices, "a");
    const answer = await sendPart([await bearer(), await bearer()]);
    expect([answer.status, await answer.text()]).toEqual([
      202,
      expect.stringContaining("HTTP/1.1 400 Bad Request"),
    ]);
    expect(await names(invoices)).toEqual(["a"]);
    expect(await (await sendPart([await bearer()])).text()).toContain("HTTP/1.1 202 Accepted");
  });

  it("refuses a part with a header that is none", async () => {
    const answer = await sendPart(["Bearer \u2603"]);
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringContaining("<Code>InvalidInput</Code>"),
    ]);
  });
});

function bearer(): Promise<string> {
  return world.tenants.bearer(world.reader, "storage");
}

/** A batch that deletes the blob "a" with these Authorization headers. */
function sendPart(authorization: readonly string[]): Promise<Response> {
  const fields = authorization.map((value) => `Authorization: ${value}\r\n`).join("");
  const target = `DELETE /${world.account.name}/invoices/a HTTP/1.1\r\n`;
  return world.send("POST", "/invoices?restype=container&comp=batch", {
    body: `--b\r\nContent-ID: 0\r\n\r\n${target}${fields}\r\n--b--`,
    headers: { "content-type": "multipart/mixed; boundary=b" },
  });
}

function credentialOf({ credential }: BlobServiceClient) {
  if (!("getToken" in credential)) throw new Error("the client has no token");
  return credential;
}

async function upload(container: ContainerClient, name: string, content = "x"): Promise<void> {
  await container.getBlockBlobClient(name).upload(content, content.length);
}

async function names(
  container: ContainerClient,
  options: Parameters<ContainerClient["listBlobsFlat"]>[0] = {},
): Promise<string[]> {
  const listed: string[] = [];
  for await (const { name } of container.listBlobsFlat(options)) listed.push(name);
  return listed;
}
