import type { BlobServiceClient, ContainerClient } from "@azure/storage-blob";
import { beforeEach, describe, expect, it } from "vitest";
import { blobNames, uploadBlob } from "./container-blobs.ts";
import type { StorageWorld } from "./storage-world.ts";
import { useStorageWorld } from "./use-storage-world.ts";

// Document: "Blob Batch" of the Blob service REST reference. The client is the official one. What this cannot prove: that
// Azure answers so.

const denied = { statusCode: 403, code: "AuthorizationPermissionMismatch" };

let world: StorageWorld;
let owner: BlobServiceClient;
let invoices: ContainerClient;
useStorageWorld((renewed) => (world = renewed));
beforeEach(() => {
  owner = world.client(world.principalWith("Storage Blob Data Owner"));
  invoices = owner.getContainerClient("invoices");
});

describe("Blob Batch", () => {
  it("refuses a role without containers/write", async () => {
    await uploadBlob(invoices, "a");
    const blobs = [invoices.getBlobClient("a").url];
    const client = world.client(world.principalWith("Storage Blob Data Reader"));
    const batch = client.getBlobBatchClient().deleteBlobs(blobs, credentialOf(client));
    await expect(batch).rejects.toMatchObject(denied);
  });

  it("refuses each part that its own authorization does not allow, and carries out the others", async () => {
    await uploadBlob(invoices, "a");
    const payslips = (await owner.createContainer("payslips")).containerClient;
    await uploadBlob(payslips, "b");
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
    expect([await blobNames(invoices), await blobNames(payslips)]).toEqual([[], ["b"]]);
  });

  it("ends a part without a body by one empty line, as the document's sample does", async () => {
    await uploadBlob(invoices, "a");
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
    await uploadBlob(invoices, "a");
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
    await uploadBlob(invoices, "a");
    const answer = await sendPart([await bearer(), await bearer()]);
    expect([answer.status, await answer.text()]).toEqual([
      202,
      expect.stringContaining("HTTP/1.1 400 Bad Request"),
    ]);
    expect(await blobNames(invoices)).toEqual(["a"]);
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
