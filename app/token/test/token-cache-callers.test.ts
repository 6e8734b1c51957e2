import type { AccessToken } from "@azure/core-auth";
import { beforeEach, expect, test } from "vitest";
import { CacheWorld } from "./cache-world.ts";

let world: CacheWorld;

beforeEach(() => {
  world = new CacheWorld();
});

test("a caller that leaves gets an AbortError at once and does not touch the others", async () => {
  const pending = Promise.withResolvers<AccessToken>();
  world.answer = () => pending.promise;
  const leaving = new AbortController();
  const [left, stayed] = [
    world.cache.get("a", leaving.signal),
    world.cache.get("a", neverAborted()),
  ];
  leaving.abort();
  await expect(left).rejects.toMatchObject({ name: "AbortError" });
  pending.resolve(await world.token());
  expect((await stayed).token).toBe("token 1");
});

test("cancels the fetch two seconds after the last caller left, and the next caller starts another", async () => {
  const signals: AbortSignal[] = [];
  world.answer = (_key, signal) => {
    signals.push(signal);
    return new Promise(() => undefined);
  };
  const leaving = new AbortController();
  const callers = [world.cache.get("a", leaving.signal), world.cache.get("a", leaving.signal)];
  leaving.abort();
  const outcomes = await Promise.allSettled(callers);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  await world.clock.advance(1_999);
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  await world.clock.advance(1);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  world.answer = () => world.token();
  expect((await world.cache.get("a")).token).toBe("token 2");
  expect(world.cache.state("a").counters).toMatchObject({ failed: 0, obtained: 1 });
  expect(world.clock.timers).toBe(0);
});

test("refuses a caller that has left already, without a fetch", async () => {
  await expect(world.cache.get("a", AbortSignal.abort())).rejects.toMatchObject({
    name: "AbortError",
  });
  expect(world.fetches).toEqual([]);
});

test("drops a token that the resource refused once, and fetches another once", async () => {
  world.cache.reject("a", (await world.cache.get("a")).token);
  const second = await world.cache.get("a");
  expect(second.token).toBe("token 2");
  world.cache.reject("a", second.token);
  expect((await world.cache.get("a")).token).toBe("token 2");
  expect(world.cache.state("a").counters.rejected).toBe(2);
  await world.clock.advance(300_000);
  world.cache.reject("a", second.token);
  expect((await world.cache.get("a")).token).toBe("token 3");
});

test("keeps its token when another one was refused", async () => {
  await world.cache.get("a");
  world.cache.reject("a", "token 0");
  expect((await world.cache.get("a")).token).toBe("token 1");
});

test("ends timers and fetches when it is closed", async () => {
  let signal: AbortSignal | undefined;
  await world.cache.get("a");
  world.answer = (_key, given) => {
    signal = given;
    return new Promise(() => undefined);
  };
  const waiting = world.cache.get("b");
  world.cache.close();
  await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
  expect(signal?.aborted).toBe(true);
  expect([world.clock.timers, world.clock.backgroundTimers]).toEqual([0, 0]);
});

test("cancels the fetch of a key that has left when it is closed", async () => {
  let signal: AbortSignal | undefined;
  world.answer = (key, given) => {
    if (key !== "a") return world.token();
    signal = given;
    return new Promise(() => undefined);
  };
  const waiting = world.cache.get("a");
  for (const key of ["b", "c", "d"]) await world.cache.get(key);
  expect(world.cache.state("a").inFlight).toBe(false);
  world.cache.close();
  await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
  expect(signal?.aborted).toBe(true);
  expect([world.clock.timers, world.clock.backgroundTimers]).toEqual([0, 0]);
});

test("refuses every caller after it was closed with an AbortError, without a fetch", async () => {
  await world.cache.get("a");
  world.cache.close();
  for (const key of ["a", "b"]) {
    await expect(world.cache.get(key)).rejects.toMatchObject({
      name: "AbortError",
      message: "the tokens are closed",
    });
  }
  expect(world.fetches).toEqual(["a"]);
});

test("sets no timer for a token that arrives in the moment of closing", async () => {
  const pending = Promise.withResolvers<AccessToken>();
  world.answer = () => pending.promise;
  const waiting = world.cache.get("a");
  pending.resolve(await world.token());
  world.cache.close();
  await Promise.allSettled([waiting]);
  expect([world.clock.timers, world.clock.backgroundTimers]).toEqual([0, 0]);
});

test("holds a refused token again when no other one is to be had", async () => {
  world.cache.reject("a", (await world.cache.get("a")).token);
  world.answer = () => Promise.reject(new Error("login is down"));
  await expect(world.cache.get("a")).rejects.toThrow("login is down");
  expect((await world.cache.get("a")).token).toBe("token 1");
});

test("callers with three seconds of patience get a token from a login that takes four", async () => {
  const login = Promise.withResolvers<AccessToken>();
  const brought = await world.token();
  world.clock.after(4_000, () => login.resolve(brought));
  world.answer = () => login.promise;
  const [first, second] = [new AbortController(), new AbortController()];
  const impatient = world.cache.get("a", first.signal);
  world.clock.after(3_000, () => first.abort());
  await expect(world.clock.passUntil(impatient)).rejects.toMatchObject({ name: "AbortError" });
  await world.clock.advance(500);
  const next = world.cache.get("a", second.signal);
  expect(await world.clock.passUntil(next)).toBe(brought);
  expect(world.fetches).toEqual(["a"]);
});

/** A signal of a caller that stays. */
function neverAborted(): AbortSignal {
  return new AbortController().signal;
}
