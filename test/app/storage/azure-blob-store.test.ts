import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TokenError } from "cross-tenant-tokens";
import type { TargetStore } from "../../../app/target-store.ts";
import { created, hello, openStore, refusal, StubStorage } from "./stub-storage.ts";
import { StubTokens } from "./stub-tokens.ts";

// The storage client is real.
let storage: StubStorage;
let tokens: StubTokens;
let store: TargetStore;
const { signal } = new AbortController();

beforeEach(async () => {
  storage = new StubStorage();
  await storage.listen();
  tokens = new StubTokens();
  store = openStore(storage.target(), tokens);
});
afterEach(() => storage.close());

test("sends the token with a read and streams what comes back", async () => {
  storage.answers = [hello];
  const content = await store.read("eu/a b.txt", signal);
  expect(await text(content.body)).toBe("hello");
  expect(content).toMatchObject({ bytes: 5, etag: '"7"' });
  expect(storage.requests).toEqual(["GET /contoso/files/eu/a%20b.txt Bearer canary-1"]);
});

test("uploads in blocks and commits them at the end", async () => {
  storage.answers = [created];
  const body = Readable.from([Buffer.alloc(5 * 2 ** 20)], { objectMode: false });
  await store.write("big", body, "text/plain", {}, signal);
  expect(storage.requests.filter((line) => line.includes("comp=block&"))).toHaveLength(2);
  expect(storage.requests.at(-1)).toContain("comp=blocklist");
});

test("commits nothing when the upload's body fails", async () => {
  storage.answers = [created];
  const body = Readable.from(tooLarge(), { objectMode: false });
  await expect(store.write("big", body, "text/plain", {}, signal)).rejects.toThrow("too large");
  expect(storage.requests.join()).not.toContain("blocklist");
});

test("lists a page and hands its continuation on", async () => {
  storage.answers = [
    (_request, response) =>
      response.writeHead(200, { "content-type": "application/xml" }).end(
        `<?xml version="1.0"?><EnumerationResults ContainerName="files"><Blobs><Blob><Name>a</Name>
        <Properties><Last-Modified>Thu, 01 Jan 2026 00:00:00 GMT</Last-Modified><Etag>1</Etag>
        <Content-Length>12</Content-Length></Properties></Blob></Blobs>
        <NextMarker>next</NextMarker></EnumerationResults>`,
      ),
  ];
  expect(await store.list(1, "from", signal)).toEqual({
    blobs: [{ name: "a", bytes: 12, lastModified: "2026-01-01T00:00:00.000Z" }],
    continuation: "next",
  });
  expect(storage.requests[0]).toContain("maxresults=1");
  expect(storage.requests[0]).toContain("marker=from");
});

test.each([
  [403, "AuthorizationPermissionMismatch"],
  [403, "AuthorizationFailure"],
  [404, "ContainerNotFound"],
  [409, "BlobImmutableDueToPolicy"],
])("refuses with Azure's code when storage answers %s %s", async (status, azureCode) => {
  storage.answers = [refusal(status, azureCode)];
  tokens.isDoubtful = true;
  const { blobEndpoint } = storage.target();
  await expect(store.remove("a", {}, signal)).rejects.toMatchObject({
    status: 502,
    code: "ERR_STORAGE_REFUSED",
    message: `storage: ${blobEndpoint} refused with ${status} ${azureCode}`,
    details: { hop: "storage", upstreamStatus: status, azureCode },
  });
  expect(storage.requests).toHaveLength(1);
});

test("refuses with the code of the header when the answer has no body", async () => {
  storage.answers = [
    (_request, response) =>
      response.writeHead(403, { "x-ms-error-code": "AccountIsDisabled" }).end(),
  ];
  await expect(store.remove("a", {}, signal)).rejects.toMatchObject({
    code: "ERR_STORAGE_REFUSED",
    message: expect.stringContaining("refused with 403 AccountIsDisabled"),
    details: { azureCode: "AccountIsDisabled" },
  });
});

test("refuses without a code when something else than storage answers", async () => {
  storage.answers = [
    (_request, response) =>
      response.writeHead(403, { "content-type": "application/xml" }).end("<html><p>"),
  ];
  await expect(store.remove("a", {}, signal)).rejects.toMatchObject({
    code: "ERR_STORAGE_REFUSED",
    message: expect.stringMatching(/refused with 403$/),
  });
});

test("refuses a blob that is not there with 404", async () => {
  storage.answers = [refusal(404, "BlobNotFound")];
  await expect(store.read("a", signal)).rejects.toMatchObject({
    status: 404,
    code: "ERR_UNKNOWN_BLOB",
    message: "no such blob in this target",
  });
});

test("makes no request at all when there is no token", async () => {
  const refused = new TokenError("token exchange", "ERR_TOKEN_EXCHANGE", "AADSTS700016: no");
  tokens.before = () => Promise.reject(refused);
  await expect(store.list(1, undefined, signal)).rejects.toBe(refused);
  expect(storage.requests).toEqual([]);
});

async function* tooLarge(): AsyncGenerator<Uint8Array> {
  yield Buffer.alloc(5 * 2 ** 20);
  throw new Error("too large");
}

test.each([
  [412, "ConditionNotMet"],
  [409, "BlobAlreadyExists"],
])("refuses a change whose condition is not met, %s %s", async (status, azureCode) => {
  storage.answers = [refusal(status, azureCode)];
  await expect(store.remove("a", { ifMatch: '"1"' }, signal)).rejects.toMatchObject({
    status: 412,
    code: "ERR_PRECONDITION_FAILED",
    message: "the blob is not as If-Match or If-None-Match wants it; nothing was changed",
    details: {},
  });
  expect(storage.requests).toHaveLength(1);
});
