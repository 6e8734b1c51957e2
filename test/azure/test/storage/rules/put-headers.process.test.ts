import { describe, expect, it } from "vitest";
import { refuseWithoutLength } from "../../../src/storage/rules/headers.ts";
import { failure, type StorageWorld } from "../storage-world.ts";
import { useStorageWorld } from "../use-storage-world.ts";

// Documents: Blob service REST reference, "Put Blob" and "Specifying the range header for Blob service operations"; for the
// two refusals by length, what Azure was seen to answer (nextcloud/server issue 14391, apache/opendal issue 1999). What this
// cannot prove: that Azure looks at a role before it looks at a header.

let world: StorageWorld;
useStorageWorld((renewed) => (world = renewed));

describe("Blob storage, headers of a write", () => {
  it.each(["/invoices/a", "/invoices/a?comp=block&blockid=MDA%3D"])(
    "refuses a chunked body at %s",
    async (path) => {
      const headers = { "transfer-encoding": "chunked" };
      const response = await world.send("PUT", path, { headers });
      expect([response.status, await failure(response)]).toEqual([
        411,
        expect.stringMatching(
          /<Code>MissingContentLengthHeader<.*Content-Length HTTP header is missing\..*<HeaderName>Content-Length</s,
        ),
      ]);
    },
  );

  it("refuses a blob of no type, and names the header", async () => {
    const response = await world.send("PUT", "/invoices/a", { body: "x", blobType: false });
    expect([response.status, await failure(response)]).toEqual([
      400,
      expect.stringMatching(
        /<Code>MissingRequiredHeader<.*mandatory for this request.*<HeaderName>x-ms-blob-type</s,
      ),
    ]);
  });

  it("keeps with a blob what the standard headers say of it", async () => {
    const given = {
      "content-type": "text/css",
      "content-encoding": "br",
      "content-language": "de",
      "cache-control": "no-store",
    };
    await world.put("x", given);
    const { headers } = await world.send("HEAD", "/invoices/a%20b.txt");
    expect(Object.fromEntries(headers)).toMatchObject(given);
  });

  it("takes the blob's own header before the standard one", async () => {
    await world.put("x", { "cache-control": "no-store", "x-ms-blob-cache-control": "no-cache" });
    const { headers } = await world.send("HEAD", "/invoices/a%20b.txt");
    expect(headers.get("cache-control")).toBe("no-cache");
  });
});

describe("Windows' HTTP service before Blob storage", () => {
  it.each(["PUT", "POST"])("refuses a %s of no length in HTML", async (method) => {
    const response = ask(method);
    expect([response?.status, await response?.text()]).toEqual([
      411,
      expect.stringContaining("The request must be chunked or have a content length."),
    ]);
  });

  it.each([
    ["PUT", { "content-length": "0" }],
    ["PUT", { "transfer-encoding": "chunked" }],
    ["DELETE", {}],
  ])("lets a %s with %o through", (method, headers) => {
    expect(ask(method, headers)).toBeUndefined();
  });
});

describe("Blob storage, ranges", () => {
  it.each(["bytes=-5", "bytes=5-2", "items=0-5", "bytes=0-1,3-4"])(
    "refuses %s as not emulated",
    async (range) => {
      await world.put("hello world");
      const response = await world.send("GET", "/invoices/a%20b.txt", { headers: { range } });
      expect([response.status, await failure(response)]).toEqual([
        501,
        expect.stringContaining("is not emulated"),
      ]);
    },
  );

  it.each([
    ["bytes=6-", "world"],
    ["bytes=0-4", "hello"],
  ])("answers %s", async (range, text) => {
    await world.put("hello world");
    const response = await world.send("GET", "/invoices/a%20b.txt", { headers: { range } });
    expect([response.status, await response.text()]).toEqual([206, text]);
  });
});

function ask(method: string, headers = {}): Response | undefined {
  return refuseWithoutLength(new Request("https://localhost:9004/a/b", { method, headers }));
}
