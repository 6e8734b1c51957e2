import type { RequestListener } from "node:http";
import { PassThrough, Readable } from "node:stream";
import type { IHttpClient } from "@azure/storage-blob";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "cross-tenant-tokens/time";
import { AppError } from "../../../app/app-error.ts";
import { azureBlobStore } from "../../../app/storage/azure-blob-store.ts";
import { ContainerClients } from "../../../app/storage/container-clients.ts";
import type { TargetStore } from "../../../app/target-store.ts";
import { created, hello, openStore, StubStorage } from "./stub-storage.ts";
import { StubTokens } from "./stub-tokens.ts";

// Leaving is the slot's deadline or the caller's own end: its signal fires with the reason.
let storage: StubStorage;
let tokens: StubTokens;
let store: TargetStore;
let controller: AbortController;
const late = new AppError(504, "ERR_UPSTREAM_DEADLINE", "storage: nothing moved for 30 s");

beforeEach(async () => {
  storage = new StubStorage();
  await storage.listen();
  tokens = new StubTokens();
  store = openStore(storage.target(), tokens);
  controller = new AbortController();
});
afterEach(() => storage.close());

function openOn(httpClient: IHttpClient): TargetStore {
  const container = new ContainerClients(() => tokens, { httpClient }).open(storage.target());
  return azureBlobStore(storage.target(), container, systemClock);
}

/** Never answers; `closed` resolves when the client gives the connection up. */
function hang(): { readonly answer: RequestListener; readonly closed: Promise<void> } {
  const closed = Promise.withResolvers<void>();
  const answer: RequestListener = (_request, response) => {
    response.on("close", closed.resolve);
    controller.abort(late);
  };
  return { answer, closed: closed.promise };
}

const silence = new Readable({ read: () => undefined });
const operations: [string, () => Promise<unknown>][] = [
  ["a list", () => store.list(1, undefined, controller.signal)],
  ["a read", () => store.read("a", controller.signal)],
  ["a removal", () => store.remove("a", {}, controller.signal)],
  [
    "the upload of a block",
    () => store.write("a", Readable.from([Buffer.from("x")]), "text/plain", {}, controller.signal),
  ],
];

test.each(operations)("refuses %s at once while storage hangs", async (_, operation) => {
  const { answer, closed } = hang();
  storage.answers = [answer];
  await expect(operation()).rejects.toBe(late);
  await closed;
  expect(storage.requests).toHaveLength(1);
});

test("refuses the commit of an upload at once while storage hangs", async () => {
  const { answer, closed } = hang();
  storage.answers = [created, answer];
  const body = Readable.from([Buffer.from("x")]);
  await expect(store.write("a", body, "text/plain", {}, controller.signal)).rejects.toBe(late);
  await closed;
  expect(storage.requests).toHaveLength(2);
});

test.each([
  ...operations,
  [
    "an upload whose body says nothing",
    () => store.write("a", silence, "text/plain", {}, controller.signal),
  ] as const,
])("refuses %s when it left before", async (_, operation) => {
  storage.answers = [hello];
  controller.abort(late);
  await expect(operation()).rejects.toBe(late);
  expect(storage.requests).toEqual([]);
});

test("refuses an upload at once whose body says nothing", async () => {
  const uploaded = store.write("a", silence, "text/plain", {}, controller.signal);
  controller.abort(late);
  await expect(uploaded).rejects.toBe(late);
});

test.each(operations)("refuses %s at once while the token is fetched", async (_, operation) => {
  tokens.before = (signal) => {
    const aborted = new Promise<never>((_resolve, reject) => {
      signal?.addEventListener("abort", () => reject(late));
    });
    controller.abort(late);
    return aborted;
  };
  await expect(operation()).rejects.toBe(late);
  expect(storage.requests).toEqual([]);
});

test("refuses at once while the client waits to ask again", async () => {
  let requests = 0;
  const httpClient: IHttpClient = {
    sendRequest(request) {
      requests += 1;
      // By then the second refusal is read and the client's pause has begun.
      if (requests === 2) setImmediate(() => controller.abort(late));
      return Promise.resolve({ request, status: 503, headers: request.headers.clone() });
    },
  };
  await expect(openOn(httpClient).read("a", controller.signal)).rejects.toBe(late);
  expect(requests).toBe(2);
});

test("gives the connection up when the answer comes just as the caller leaves", async () => {
  const readableStreamBody = new PassThrough();
  const httpClient: IHttpClient = {
    sendRequest(request) {
      controller.abort(late);
      const headers = request.headers.clone();
      headers.set("content-length", "5");
      headers.set("etag", "7");
      return Promise.resolve({ request, status: 200, headers, readableStreamBody });
    },
  };
  await expect(openOn(httpClient).read("a", controller.signal)).rejects.toBe(late);
  expect(readableStreamBody.destroyed).toBe(true);
});
