import type { AccessToken } from "@azure/core-auth";
import { beforeEach, expect, test } from "vitest";
import { settled } from "./manual-clock.ts";
import { CacheWorld, hour } from "./cache-world.ts";

let world: CacheWorld;

beforeEach(() => {
  world = new CacheWorld();
});

test("makes one fetch for a thousand callers at once", async () => {
  const tokens = await Promise.all(Array.from({ length: 1000 }, () => world.cache.get("a")));
  expect(world.fetches).toEqual(["a"]);
  expect(new Set(tokens.map(({ token }) => token))).toEqual(new Set(["token 1"]));
});

test("serves the token without a fetch up to half of its life, then refreshes in the background", async () => {
  await world.cache.get("a");
  await world.clock.advance(hour / 2 - 1);
  expect((await world.cache.get("a")).token).toBe("token 1");
  expect(world.fetches).toHaveLength(1);
  await world.clock.advance(1);
  expect(world.fetches).toHaveLength(2);
  expect((await world.cache.get("a")).token).toBe("token 2");
});

test("serves the token held while a caller's request starts the refresh that no timer started", async () => {
  await world.cache.get("a");
  // A machine that slept: its clock has moved on and no timer has fired yet.
  world.clock.jump(hour / 2);
  expect((await world.cache.get("a")).token).toBe("token 1");
  expect(world.fetches).toHaveLength(2);
  await settled();
  expect((await world.cache.get("a")).token).toBe("token 2");
});

test("lets the token of a key that nobody asks for expire, after one refresh", async () => {
  await world.cache.get("a");
  await world.clock.advance(24 * hour);
  expect(world.fetches).toHaveLength(2);
  expect(world.clock.backgroundTimers).toBe(0);
});

test("refreshes earlier when the issuer says so", async () => {
  world.answer = async () => ({
    ...(await world.token()),
    refreshAfterTimestamp: world.clock.now() + 60_000,
  });
  await world.cache.get("a");
  await world.clock.advance(59_999);
  expect(world.fetches).toHaveLength(1);
  await world.clock.advance(1);
  expect(world.fetches).toHaveLength(2);
});

test("starts one background refresh for any number of callers", async () => {
  await world.cache.get("a");
  const pending = Promise.withResolvers<AccessToken>();
  world.answer = () => pending.promise;
  world.clock.jump(hour / 2);
  await Promise.all(Array.from({ length: 100 }, () => world.cache.get("a")));
  expect(world.fetches).toHaveLength(2);
  pending.resolve(await world.token());
});

test("lets the key that was used least recently leave when there are too many", async () => {
  for (const key of ["a", "b", "c", "a", "d"]) await world.cache.get(key);
  expect(world.cache.state("b").token).toBeUndefined();
  for (const key of ["a", "c", "d"]) expect(world.cache.state(key).token).toBeDefined();
  await world.cache.get("b");
  expect(world.fetches).toEqual(["a", "b", "c", "d", "b"]);
});

test("tells the last attempt and its error", async () => {
  const started = world.clock.now();
  world.answer = () => Promise.reject(new Error("refused"));
  await world.cache.get("a").catch(() => undefined);
  expect(world.cache.state("a").lastAttempt).toMatchObject({
    at: started,
    error: { message: "refused" },
  });
  world.answer = () => world.token();
  await world.clock.advance(1_000);
  await world.cache.get("a");
  expect(world.cache.state("a").lastAttempt).toEqual({ at: started + 500 });
});

test("tells what was served, obtained, failed and refused, and when", async () => {
  const started = world.clock.now();
  await Promise.all([world.cache.get("a"), world.cache.get("a")]);
  expect(world.cache.state("a")).toMatchObject({
    obtainedAt: started,
    refreshAt: started + hour / 2,
    inFlight: false,
    counters: { served: 2, obtained: 1, failed: 0, rejected: 0 },
  });
});

test("a state that was read does not change with what happens later", async () => {
  await world.cache.get("a");
  const { counters } = world.cache.state("a");
  await world.cache.get("a");
  expect(counters.served).toBe(1);
  expect(world.cache.state("a").counters.served).toBe(2);
});
