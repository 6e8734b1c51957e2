import { Readable } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TokenError } from "cross-tenant-tokens";
import type { TargetStore } from "../../../app/target-store.ts";
import { settled } from "../../../app/token/test/manual-clock.ts";
import { challenge, hello, openStore, refusal, StubStorage } from "./stub-storage.ts";
import { StubTokens } from "./stub-tokens.ts";

// The SDK's own token handling ends the process by a rejection that nobody holds.
const unhandled: unknown[] = [];
const collect = (reason: unknown): void => void unhandled.push(reason);
const { signal } = new AbortController();

let storage: StubStorage;
let tokens: StubTokens;
let store: TargetStore;

beforeEach(async () => {
  unhandled.length = 0;
  process.on("unhandledRejection", collect);
  storage = new StubStorage();
  await storage.listen();
  tokens = new StubTokens();
  store = openStore(storage.target(), tokens);
});
afterEach(() => {
  process.off("unhandledRejection", collect);
  storage.close();
});

async function useEverything(): Promise<PromiseSettledResult<unknown>[]> {
  const blocks = Readable.from([Buffer.alloc(9 * 2 ** 20)], { objectMode: false });
  const results = await Promise.allSettled([
    store.list(1, undefined, signal),
    store.read("a", signal),
    store.write("a", blocks, "text/plain", {}, signal),
    store.remove("a", {}, signal),
  ]);
  await settled();
  await settled();
  return results;
}

test("leaves no rejection to nobody when there is no token any more", async () => {
  storage.answers = [hello];
  (await store.read("a", signal)).body.destroy();
  tokens.before = () =>
    Promise.reject(new TokenError("token exchange", "ERR_UPSTREAM_UNAVAILABLE", "answered 503"));
  const results = await useEverything();
  expect(results.map(({ status }) => status)).toEqual(Array(4).fill("rejected"));
  expect(unhandled).toEqual([]);
});

test.each([
  ["another tenant", "99999999-0000-4000-8000-00000000000f"],
  ["its own tenant", "00000000-0000-4000-8000-000000000001"],
])("leaves no rejection to nobody when storage asks for tokens of %s", async (_, tenantId) => {
  storage.answers = [refusal(401, "InvalidAuthenticationInfo", challenge(tenantId))];
  const results = await useEverything();
  expect(results.map(({ status }) => status)).toEqual(Array(4).fill("rejected"));
  expect(unhandled).toEqual([]);
});

test("leaves no rejection to nobody when callers leave in the middle", async () => {
  const controller = new AbortController();
  storage.answers = [() => controller.abort()];
  const blocks = Readable.from([Buffer.alloc(9 * 2 ** 20)], { objectMode: false });
  const results = await Promise.allSettled([
    store.list(1, undefined, controller.signal),
    store.read("a", controller.signal),
    store.write("a", blocks, "text/plain", {}, controller.signal),
    store.remove("a", {}, controller.signal),
  ]);
  await settled();
  await settled();
  expect(results.map(({ status }) => status)).toEqual(Array(4).fill("rejected"));
  expect(unhandled).toEqual([]);
});
