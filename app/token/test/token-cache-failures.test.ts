import { beforeEach, expect, test } from "vitest";
import { TokenError } from "../src/token-error.ts";
import { CacheWorld, hour } from "./cache-world.ts";

let world: CacheWorld;

beforeEach(() => {
  world = new CacheWorld();
});

test("serves a valid token while every refresh fails, and never an expired one", async () => {
  await world.cache.get("a");
  world.answer = () => Promise.reject(new Error("login is down"));
  await world.clock.advance(hour / 2);
  for (let minutes = 30; minutes < 59; minutes += 1) {
    expect((await world.cache.get("a")).token).toBe("token 1");
    await world.clock.advance(60_000);
  }
  await world.clock.advance(60_000);
  await expect(world.cache.get("a")).rejects.toThrow("login is down");
});

test("serves a valid token while a refresh hangs", async () => {
  await world.cache.get("a");
  world.answer = () => new Promise(() => undefined);
  await world.clock.advance(hour / 2 + 60_000);
  expect(world.fetches.length).toBeGreaterThan(1);
  expect((await world.cache.get("a")).token).toBe("token 1");
});

test("refuses at the deadline, aborts the fetch and leaves no timer", async () => {
  let signal: AbortSignal | undefined;
  world.answer = (_key, given) => {
    signal = given;
    return new Promise(() => undefined);
  };
  const refusal = expect(world.cache.get("a")).rejects.toMatchObject({
    hop: "token exchange",
    code: "ERR_UPSTREAM_DEADLINE",
    message: "no answer within 10 s",
  });
  await world.clock.advance(9_999);
  expect(signal?.aborted).toBe(false);
  await world.clock.advance(1);
  await refusal;
  expect(signal?.aborted).toBe(true);
  expect(world.clock.timers).toBe(0);
});

test("remembers a failure for a moment that doubles up to 30 seconds, then tries again", async () => {
  world.answer = () => Promise.reject(new Error(`refusal ${world.fetches.length}`));
  await expect(world.cache.get("a")).rejects.toThrow("refusal 1");
  await expect(world.cache.get("a")).rejects.toThrow("refusal 1");
  for (const [attempt, delay] of [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000].entries()) {
    await world.clock.advance(delay - 1);
    await expect(world.cache.get("a")).rejects.toThrow(`refusal ${attempt + 1}`);
    await world.clock.advance(1);
    await expect(world.cache.get("a")).rejects.toThrow(`refusal ${attempt + 2}`);
  }
  world.answer = () => world.token();
  await world.clock.advance(15_000);
  expect((await world.cache.get("a")).token).toMatch("token");
});

test("asks less and less often while a token is held, and more often towards its end", async () => {
  await world.cache.get("a");
  world.answer = () => Promise.reject(new Error("login is down"));
  const intervals = async (from: number, to: number): Promise<number> => {
    const before = world.fetches.length;
    for (let at = from; at < to; at += 10_000) {
      await world.clock.advance(10_000);
      await world.cache.get("a");
    }
    return Math.round((to - from) / (world.fetches.length - before) / 1000);
  };
  await world.clock.advance(hour / 2);
  await intervals(0, hour / 6);
  expect(await intervals(hour / 6, hour / 3)).toBeGreaterThan(40);
  expect(await intervals(hour / 3, hour / 2 - 60_000)).toBeLessThan(30);
});

test("counts a refresh that brings the same expiry as an attempt to back off from", async () => {
  const first = await world.cache.get("a");
  world.answer = () => Promise.resolve(first);
  await world.clock.advance(hour / 2);
  expect(world.fetches).toHaveLength(2);
  await world.cache.get("a");
  await world.clock.advance(499);
  expect(world.fetches).toHaveLength(2);
  await world.clock.advance(1);
  expect(world.fetches).toHaveLength(3);
  expect(world.cache.state("a").counters).toMatchObject({ obtained: 1, failed: 0 });
});

test("waits as long as the upstream asks", async () => {
  for (const asked of [20_000, 60_000]) {
    const key = `asked ${asked}`;
    world.answer = () =>
      Promise.reject(
        new TokenError(
          "token exchange",
          "ERR_UPSTREAM_UNAVAILABLE",
          "slow down",
          {},
          {
            retryAfterMs: asked,
          },
        ),
      );
    await expect(world.cache.get(key)).rejects.toThrow("slow down");
    world.answer = () => world.token();
    await world.clock.advance(asked - 1);
    await expect(world.cache.get(key)).rejects.toThrow("slow down");
    await world.clock.advance(1);
    expect((await world.cache.get(key)).token).toMatch("token");
  }
});

test("does not add to the wait for the other hop, which remembers its own failures", async () => {
  world.answer = () =>
    Promise.reject(new TokenError("managed identity", "ERR_MANAGED_IDENTITY", "no"));
  for (let attempt = 0; attempt < 8; attempt += 1) {
    await expect(world.cache.get("a")).rejects.toThrow("no");
    await world.clock.advance(500);
  }
  world.answer = () => world.token();
  await world.clock.advance(500);
  expect((await world.cache.get("a")).token).toMatch("token");
});

test("tries again by itself after a failure, so that recovery needs no caller", async () => {
  world.answer = () => Promise.reject(new Error("refused"));
  await world.cache.get("a").catch(() => undefined);
  world.answer = () => world.token();
  await world.clock.advance(500);
  expect(world.cache.state("a").token).toBeDefined();
});

test("refuses a fetched token that has expired, to every caller that waits for it", async () => {
  world.answer = () => world.token(-1);
  const callers = await Promise.allSettled([world.cache.get("a"), world.cache.get("a")]);
  expect(callers.map((caller) => caller.status === "rejected" && caller.reason)).toEqual(
    Array(2).fill(
      expect.objectContaining({
        code: "ERR_UPSTREAM_UNAVAILABLE",
        message: expect.stringMatching(/^the answer is a token that expired at .*; this machine's/),
        details: { expiredToken: true },
      }),
    ),
  );
  expect(world.fetches).toEqual(["a"]);
});

test("keeps the keys apart: one that fails or hangs does not touch another", async () => {
  world.answer = (key) => (key === "a" ? world.token() : Promise.reject(new Error("refused")));
  await expect(world.cache.get("b")).rejects.toThrow("refused");
  expect((await world.cache.get("a")).token).toBe("token 2");
});
