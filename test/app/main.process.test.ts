import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { targetOf } from "./settings.ts";
import { unpackSite, startSite, type SiteProcess } from "./site-process.ts";
import { startStubAzure, type StubAzure } from "./stub-azure.ts";

// The site as it is deployed: its package in a process of its own, real sockets on all sides.
let folder: string;
let azure: StubAzure;
let site: SiteProcess | undefined;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "site-"));
  azure = await startStubAzure();
  await unpackSite(folder, azure.ca);
  await writeFile(path.join(folder, "package-hash.txt"), "abc123\n");
});
afterEach(() => {
  site?.process.kill("SIGKILL");
  delete azure.beforeRead;
});
afterAll(async () => {
  azure.close();
  await rm(folder, { recursive: true });
});

function startListening(): Promise<string> {
  site = startSite(folder, azure);
  return site.origin;
}

test("writes and reads a blob through the exchange, and shows no token anywhere", async () => {
  const origin = await startListening();
  const blob = `${origin}/api/targets/invoices/blobs/eu%2Freport.bin`;
  const content = Buffer.alloc(9_000_000, "0123456789");
  expect((await fetch(blob, { method: "PUT", body: content })).status).toBe(201);
  expect(azure.blobs.get("eu/report.bin")?.equals(content)).toBe(true);
  expect(content.equals(Buffer.from(await (await fetch(blob)).arrayBuffer()))).toBe(true);
  expect(azure.exchanges).toHaveLength(1);
  expect(azure.exchanges[0]).toContain("canary-identity");
  let shown = "";
  for (const route of ["/", "/overview", "/api/targets", "/healthz"])
    shown += await (await fetch(origin + route)).text();
  expect(shown).toContain("abc123");
  expect(site?.output()).toContain(
    '"method":"PUT","path":"/api/targets/invoices/blobs/eu%2Freport.bin"',
  );
  expect(shown + site?.output()).not.toContain("canary");
});

test("listens on the address it is told, so that nobody reaches it past the platform's front", async () => {
  site = startSite(folder, azure, { HOST: "127.0.0.1" });
  const { port } = new URL(await site.origin);
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  await expect(fetch(`http://127.0.0.2:${port}/healthz`)).rejects.toThrow("fetch failed");
});

test("refuses an oversized upload of unannounced length over a socket and commits nothing", async () => {
  const origin = await startListening();
  const upload = request(`${origin}/api/targets/invoices/blobs/big`, { method: "PUT" });
  const answered = once(upload, "response");
  // The site may close the connection while the rest of the body is still on its way.
  upload.on("error", () => undefined);
  upload.end(Buffer.alloc(10_000_001));
  const [response] = await answered;
  expect(response).toMatchObject({ statusCode: 413 });
  expect(azure.blobs.has("big")).toBe(false);
});

test("breaks the caller's connection when storage breaks a download off", async () => {
  const origin = await startListening();
  azure.beforeRead = (_request, response) => {
    response.writeHead(200, { "content-length": "1000000" });
    response.write("half", () => response.destroy());
  };
  const response = await fetch(`${origin}/api/targets/invoices/blobs/a`);
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow();
  expect((await fetch(`${origin}/healthz`)).status).toBe(200);
});

test("finishes what is in flight on SIGTERM, then ends with code 0", async () => {
  const origin = await startListening();
  const reading = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  azure.beforeRead = (_request, response) => {
    response.writeHead(200, { "content-length": "8" }).write("half");
    reading.resolve();
    void finish.promise.then(() => response.end("half"));
  };
  const response = await fetch(`${origin}/api/targets/invoices/blobs/a`);
  await reading.promise;
  const exited = site && once(site.process, "exit");
  site?.process.kill("SIGTERM");
  finish.resolve();
  expect(await response.text()).toBe("halfhalf");
  expect(await exited).toEqual([0, null]);
});

test("logs where a rejection that nobody holds came from, without a token, and goes on", async () => {
  // Rejects as soon as the site listens for it, like an Azure client whose promise got lost.
  const reject = `Promise.reject(new Error("lost eyJhbGciOiJSUzI1NiJ9.e30.canary"))`;
  const preload = path.join(folder, "lost-rejection.mjs");
  await writeFile(
    preload,
    `process.on("newListener", (event) => event === "unhandledRejection" && setImmediate(() => ${reject}));`,
  );
  site = startSite(folder, azure, { NODE_OPTIONS: `--import=${preload}` });
  const origin = await site.origin;
  await expect
    .poll(() => site?.output())
    .toMatch(/{"event":"unhandled rejection","stack":"Error: lost \(token removed\)\\n {4}at /);
  expect((await fetch(`${origin}/healthz`)).status).toBe(200);
  expect(site.output()).not.toContain("canary");
});

test("logs which fields of its targets it does not know, and serves", async () => {
  const blobEndpoint = `${azure.origin}/contoso`;
  const target = { ...targetOf("invoices", "contoso", "1"), blobEndpoint, region: "canary" };
  site = startSite(folder, azure, { TARGETS: JSON.stringify([target]) });
  expect((await fetch(`${await site.origin}/healthz`)).status).toBe(200);
  expect(site.output()).toContain('{"event":"unknown fields in TARGETS","fields":["region"]}');
  expect(site.output()).not.toContain("canary");
});

test("refuses to start without a managed identity and says what to do", async () => {
  site = startSite(folder, azure, { IDENTITY_ENDPOINT: "" });
  // The end of its output may come after the end of the process.
  expect(await once(site.process, "close")).toEqual([1, null]);
  expect(site.output()).toContain("assign the identity and restart the site");
  expect(site.output()).not.toContain("canary");
  await expect(site.origin).rejects.toThrow("the site ended");
});
