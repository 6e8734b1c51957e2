import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { azureBlobStore } from "../../app/azure-blob-store.ts";
import type { TargetStore } from "../../app/target-store.ts";
import { TokenError } from "../../app/token/token-error.ts";
import { targetOf } from "./settings.ts";

// The storage client is real. The service is one canned answer at a time: what the whole of Azure
// Storage does with these requests is tested against the local Azure.
let server: Server;
let answer: RequestListener;
let requests: string[];
let getToken: () => Promise<string>;
let store: TargetStore;
const { signal } = new AbortController();

beforeEach(async () => {
  requests = [];
  getToken = () => Promise.resolve("canary-token");
  server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    request.resume();
    answer(request, response);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const blobEndpoint = `http://127.0.0.1:${address.port}/contoso`;
  store = azureBlobStore({ ...targetOf("invoices", "contoso", "1"), blobEndpoint }, () =>
    getToken(),
  );
});
afterEach(() => server.close());

function refuse(status: number, code: string, headers: Record<string, string> = {}): void {
  answer = (_request, response) => {
    response.writeHead(status, { "content-type": "application/xml", ...headers });
    response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>No.</Message></Error>`);
  };
}

test("sends the token with a read and streams what comes back", async () => {
  answer = (_request, response) =>
    response.writeHead(200, { "content-length": "5", etag: '"7"' }).end("hello");
  const content = await store.read("eu/a b.txt", signal);
  expect(await text(content.body)).toBe("hello");
  expect(content).toMatchObject({ bytes: 5, etag: '"7"' });
  expect(requests).toEqual(["GET /contoso/files/eu/a%20b.txt Bearer canary-token"]);
});

test("uploads in blocks and commits them at the end", async () => {
  answer = (_request, response) => response.writeHead(201).end();
  const body = Readable.from([Buffer.alloc(5 * 2 ** 20)], { objectMode: false });
  await store.write("big", body, "text/plain", signal);
  expect(requests.filter((line) => line.includes("comp=block&"))).toHaveLength(2);
  expect(requests.at(-1)).toContain("comp=blocklist");
});

test("commits nothing when the upload's body fails", async () => {
  answer = (_request, response) => response.writeHead(201).end();
  const body = Readable.from(tooLarge(), { objectMode: false });
  await expect(store.write("big", body, "text/plain", signal)).rejects.toThrow("too large");
  expect(requests.join()).not.toContain("blocklist");
});

test("lists a page and hands its continuation on", async () => {
  answer = (_request, response) =>
    response.writeHead(200, { "content-type": "application/xml" }).end(
      `<?xml version="1.0"?><EnumerationResults ContainerName="files"><Blobs><Blob><Name>a</Name>
      <Properties><Last-Modified>Thu, 01 Jan 2026 00:00:00 GMT</Last-Modified><Etag>1</Etag>
      <Content-Length>12</Content-Length></Properties></Blob></Blobs>
      <NextMarker>next</NextMarker></EnumerationResults>`,
    );
  expect(await store.list(1, "from", signal)).toEqual({
    blobs: [{ name: "a", bytes: 12, lastModified: "2026-01-01T00:00:00.000Z" }],
    continuation: "next",
  });
  expect(requests[0]).toContain("maxresults=1");
  expect(requests[0]).toContain("marker=from");
});

test("refuses a storage account of another tenant at once, without asking that tenant", async () => {
  const challenge = "Bearer authorization_uri=https://login.example/other/oauth2/authorize";
  refuse(401, "InvalidAuthenticationInfo", { "www-authenticate": challenge });
  await expect(store.read("a", signal)).rejects.toMatchObject({
    status: 502,
    code: "ERR_STORAGE_REFUSED",
    details: { hop: "storage", upstreamStatus: 401, azureCode: "InvalidAuthenticationInfo" },
  });
  expect(requests).toHaveLength(1);
});

test.each([
  [403, "AuthorizationPermissionMismatch"],
  [404, "ContainerNotFound"],
  [409, "BlobImmutableDueToPolicy"],
])("refuses with Azure's code when storage answers %s %s", async (status, azureCode) => {
  refuse(status, azureCode);
  await expect(store.remove("a", signal)).rejects.toMatchObject({
    status: 502,
    code: "ERR_STORAGE_REFUSED",
    details: { hop: "storage", upstreamStatus: status, azureCode },
  });
});

test("refuses a blob that is not there with 404", async () => {
  refuse(404, "BlobNotFound");
  await expect(store.read("a", signal)).rejects.toMatchObject({
    status: 404,
    code: "ERR_UNKNOWN_BLOB",
  });
});

test("refuses when storage cannot be reached, without the token in the error", async () => {
  answer = (request) => request.socket.destroy();
  const error = await store.read("a", signal).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ status: 502, code: "ERR_STORAGE_UNREACHABLE" });
  expect(JSON.stringify(error)).not.toContain("canary");
});

test("makes no request at all when there is no token", async () => {
  getToken = () => Promise.reject(new TokenError("token exchange", "refused", "AADSTS700016: no"));
  await expect(store.list(1, undefined, signal)).rejects.toMatchObject({ hop: "token exchange" });
  expect(requests).toEqual([]);
});

async function* tooLarge(): AsyncGenerator<Uint8Array> {
  yield Buffer.alloc(5 * 2 ** 20);
  throw new Error("too large");
}
