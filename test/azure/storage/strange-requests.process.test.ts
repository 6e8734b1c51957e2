import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { StorageWorld } from "./storage-world.ts";

// Documents: Blob service REST reference, "Naming and referencing containers, blobs, and metadata", "Blob service error codes"
// and the pages of the operations. What Azurite would fail on, or take for another operation than was authorized.

let world: StorageWorld;
beforeAll(async () => {
  world = await StorageWorld.start();
});
afterAll(() => world.close());
beforeEach(() => {
  world = world.renew();
});

describe("Blob storage, headers that name another operation", () => {
  it("refuses a reader nothing but what X-HTTP-Method would do: the blob stays", async () => {
    await world.put("kept");
    const principal = world.principalWith("Storage Blob Data Reader");
    const headers = { "x-http-method": "DELETE" };
    const read = await world.send("GET", "/invoices/a%20b.txt", { principal, headers });
    expect([read.status, await read.text()]).toEqual([200, "kept"]);
    expect((await world.send("GET", "/invoices/a%20b.txt")).status).toBe(200);
  });

  it("sets tags where a blob type stands beside them, and does not write the blob", async () => {
    await world.put("kept");
    const principal = world.principalWith("Storage Blob Data Owner");
    const body = "<Tags><TagSet><Tag><Key>paid</Key><Value>yes</Value></Tag></TagSet></Tags>";
    const headers = { "x-ms-blob-type": "BlockBlob", "content-length": String(body.length) };
    const path = "/invoices/a%20b.txt?comp=tags";
    expect((await world.send("PUT", path, { principal, headers, body })).status).toBe(204);
    expect(await (await world.send("GET", "/invoices/a%20b.txt")).text()).toBe("kept");
  });
});
