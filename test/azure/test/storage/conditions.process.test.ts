import type { BlockBlobClient, ContainerClient } from "@azure/storage-blob";
import { beforeEach, describe, expect, it } from "vitest";
import type { StorageWorld } from "./storage-world.ts";
import { useStorageWorld } from "./use-storage-world.ts";

// Documents: "Specifying conditional headers for Blob service operations", "Manage and find Azure Blob data with blob index
// tags" (conditional blob operations) and "List Blobs" (startFrom; endBefore as clients report it). What this cannot prove: that Azure answers so.

let world: StorageWorld;
let invoices: ContainerClient;
let blob: BlockBlobClient;
useStorageWorld((renewed) => (world = renewed));
beforeEach(async () => {
  const owner = world.client(world.principalWith("Storage Blob Data Owner"));
  invoices = owner.getContainerClient("invoices");
  blob = invoices.getBlockBlobClient("a");
  await blob.upload("x", 1, { tags: { state: "open" } });
});

const closed = { tagConditions: `"state" = 'closed'` };
const open = { tagConditions: `"state" = 'open' OR "state" > 'z'` };

describe("A condition on a blob's tags", () => {
  it.each<[string, (conditions: { tagConditions: string }) => Promise<unknown>]>([
    ["a download", (conditions) => blob.downloadToBuffer(0, 1, { conditions })],
    ["its properties", (conditions) => blob.getProperties({ conditions })],
    ["its tags", (conditions) => blob.getTags({ conditions })],
    ["its blocks", (conditions) => blob.getBlockList("all", { conditions })],
    ["a snapshot", (conditions) => blob.createSnapshot({ conditions })],
    ["a lease", (conditions) => blob.getBlobLeaseClient().acquireLease(15, { conditions })],
    ["new metadata", (conditions) => blob.setMetadata({}, { conditions })],
    ["new properties", (conditions) => blob.setHTTPHeaders({}, { conditions })],
    ["new blocks", (conditions) => blob.commitBlockList([], { conditions })],
    ["an upload over it", (conditions) => blob.upload("y", 1, { conditions })],
    ["its deletion", (conditions) => blob.delete({ conditions })],
  ])("refuses %s unless it holds", async (_, send) => {
    await expect(send(closed)).rejects.toMatchObject({ statusCode: 412 });
    await send(open);
  });

  it.each([
    ["a copy", {}],
    ["a blob from a URL", { "x-ms-blob-type": "BlockBlob", "content-length": "0" }],
  ])("refuses to read the source of %s unless it holds", async (_, headers) => {
    const principal = world.principalWith("Storage Blob Data Owner");
    const bearer = await world.tenants.bearer(principal, "storage");
    const copy = async ({ tagConditions }: typeof open) => {
      const source = {
        "x-ms-copy-source": blob.url,
        "x-ms-copy-source-authorization": bearer,
        "x-ms-requires-sync": "true",
        "x-ms-source-if-tags": tagConditions,
      };
      const sent = { principal, headers: { ...headers, ...source }, blobType: false };
      return (await world.send("PUT", "/invoices/b", sent)).status;
    };
    expect([await copy(closed), await copy(open)]).toEqual([412, expect.toBeOneOf([201, 202])]);
  });

  it("refuses one that is none", async () => {
    const conditions = { tagConditions: "state is open" };
    await expect(blob.getTags({ conditions })).rejects.toMatchObject({
      statusCode: 400,
      code: "InvalidHeaderValue",
    });
  });
});

it("lists blobs from a name on, the name included", async () => {
  for (const name of ["b", "c"]) await invoices.getBlockBlobClient(name).upload("x", 1);
  const listed: string[] = [];
  for await (const { name } of invoices.listBlobsFlat({ startFrom: "b" })) listed.push(name);
  expect(listed).toEqual(["b", "c"]);
});

it("refuses to list blobs up to a name, which is a feature that an account may be without", async () => {
  const response = await world.send("GET", "/invoices?restype=container&comp=list&endBefore=c");
  expect(response.status).toBe(400);
  expect(await response.text()).toContain(
    "<Code>OperationNotSupportedWithFeatureMissing</Code><Message>The requested operation is not allowed as EndBefore parameter support is missing on this account\n",
  );
});
