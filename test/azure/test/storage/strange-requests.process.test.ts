import { describe, expect, it } from "vitest";
import { failure, type StorageWorld } from "./storage-world.ts";
import { useStorageWorld } from "./use-storage-world.ts";

// Documents: Blob service REST reference, "Naming and referencing containers, blobs, and metadata", "Blob service error codes"
// and the pages of the operations. What Azurite would fail on, or take for another operation than was authorized.

let world: StorageWorld;
useStorageWorld((renewed) => (world = renewed));

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

describe("Blob storage, names of blobs", () => {
  it.each([
    ["is no UTF-8", "%FF", "InvalidUri"],
    ["is encoded wrongly", "%u0041", "InvalidUri"],
    ["holds a control character", "a%00b", "InvalidUri"],
    ["has 1025 characters", "a".repeat(1025), "OutOfRangeInput"],
    ["has 255 segments", "a/".repeat(254), "OutOfRangeInput"],
  ])("refuses a name that %s", async (_, name, code) => {
    const response = await world.send("PUT", `/invoices/${name}`, { body: "x" });
    expect([response.status, await failure(response)]).toEqual([
      400,
      expect.stringContaining(`<Code>${code}</Code>`),
    ]);
  });

  it("refuses U+FFFE as not emulated, and goes on listing", async () => {
    const response = await world.send("PUT", "/invoices/%EF%BF%BE", { body: "x" });
    expect([response.status, await failure(response)]).toEqual([
      501,
      expect.stringContaining("blob names with U+FFFE or U+FFFF are not emulated"),
    ]);
    expect((await world.send("GET", "/invoices?restype=container&comp=list")).status).toBe(200);
  });

  it("takes 1024 characters, and others than those of ASCII", async () => {
    for (const name of ["a".repeat(1024), "%F0%9D%92%B3%E2%80%AE%C2%80"])
      expect((await world.send("PUT", `/invoices/${name}`, { body: "x" })).status).toBe(201);
  });
});

describe("Blob storage, headers and documents", () => {
  it.each(["a", "%FF=a", "a=b&", "&"])("refuses the tags %s in a header", async (tags) => {
    const principal = world.principalWith("Storage Blob Data Owner");
    const headers = { "x-ms-tags": tags };
    const response = await world.send("PUT", "/invoices/a", { principal, headers, body: "x" });
    expect([response.status, await failure(response)]).toEqual([
      400,
      expect.stringContaining("<Code>InvalidHeaderValue</Code>"),
    ]);
  });

  it.each(["%00", "x", "", "A".repeat(88)])("refuses the block id %s", async (id) => {
    const path = `/invoices/a?comp=block&blockid=${id}`;
    const response = await world.send("PUT", path, { body: "x" });
    expect([response.status, await failure(response)]).toEqual([
      400,
      expect.stringContaining("<Code>InvalidQueryParameterValue</Code>"),
    ]);
  });

  it.each([
    ["the checksum of a range", { "x-ms-range-get-content-crc64": "true" }],
    ["two ranges", { range: "bytes=0-1,3-4" }],
  ])("refuses %s as not emulated", async (_, headers) => {
    const response = await world.send("GET", "/invoices/a", { headers });
    expect([response.status, await failure(response)]).toEqual([
      501,
      expect.stringContaining("is not emulated"),
    ]);
  });

  it.each([
    ["no document", "", 400, "InvalidXmlDocument"],
    ["another document", "<Tags/>", 400, "InvalidXmlDocument"],
    ["a document without a property", "<StorageServiceProperties/>", 501, "NotImplemented"],
  ])("refuses %s as service properties", async (_, body, status, code) => {
    const principal = world.principalWith("Storage Account Contributor");
    const path = "?restype=service&comp=properties";
    const response = await world.send("PUT", path, { principal, body });
    expect([response.status, await failure(response)]).toEqual([
      status,
      expect.stringContaining(`<Code>${code}</Code>`),
    ]);
  });

  it.each([
    ["another document as a block list", "?comp=blocklist", "<a/>"],
    ["no document as a block list", "?comp=blocklist", ""],
    ["what is no XML as a block list", "?comp=blocklist", "<BlockList><Latest>"],
    ["another document as tags", "?comp=tags", "<a/>"],
    ["what is no XML as tags", "?comp=tags", "<Tags"],
  ])("refuses %s, and keeps the blob", async (_, comp, body) => {
    await world.put("kept");
    const principal = world.principalWith("Storage Blob Data Owner");
    const path = `/invoices/a%20b.txt${comp}`;
    const response = await world.send("PUT", path, { principal, body });
    expect([response.status, await failure(response)]).toEqual([
      400,
      expect.stringContaining("<Code>InvalidXmlDocument</Code>"),
    ]);
    expect(await (await world.send("GET", "/invoices/a%20b.txt")).text()).toBe("kept");
  });

  it.each([
    ["a control character", "a='%00'", 400, "InvalidQueryParameterValue"],
    ["a letter that no tag has", "a='%C4%80'", 400, "InvalidQueryParameterValue"],
    ["the tag __proto__, as not emulated", "__proto__='x'", 501, "NotImplemented"],
  ])("refuses a filter with %s", async (_, where, status, code) => {
    const principal = world.principalWith("Storage Blob Data Owner");
    const path = `/invoices?restype=container&comp=blobs&where=${where}`;
    const response = await world.send("GET", path, { principal });
    expect([response.status, await failure(response)]).toEqual([
      status,
      expect.stringContaining(`<Code>${code}</Code>`),
    ]);
  });

  it("refuses a page without a range by the code of its document", async () => {
    const sized = { "x-ms-blob-type": "PageBlob", "x-ms-blob-content-length": "512" };
    await world.send("PUT", "/invoices/page", { headers: { ...sized, "content-length": "0" } });
    const body = "p".repeat(512);
    const headers = { "x-ms-page-write": "update" };
    const response = await world.send("PUT", "/invoices/page?comp=page", { headers, body });
    expect([response.status, await failure(response)]).toEqual([
      416,
      expect.stringContaining("<Code>InvalidPageRange</Code>"),
    ]);
  });
});
