import type { AccessToken } from "@azure/core-auth";
import { beforeEach, expect, test } from "vitest";
import { TokenCache } from "../../../app/token/token-cache.ts";
import { ManualClock, settled } from "../manual-clock.ts";

const hour = 3_600_000;
let clock: ManualClock;
let cache: TokenCache;
let answer: (key: string, signal: AbortSignal) => Promise<AccessToken>;
let fetches: string[];

/** A token of `life` milliseconds that tells which fetch brought it. */
function token(life = hour): Promise<AccessToken> {
  return Promise.resolve({
    token: `token ${fetches.length}`,
    expiresOnTimestamp: clock.now() + life,
  });
}

beforeEach(() => {
  clock = new ManualClock();
  fetches = [];
  answer = () => token();
  cache = new TokenCache({
    hop: "token exchange",
    fetch: (key, signal) => {
      fetches.push(key);
      return answer(key, signal);
    },
    clock,
    deadlineMs: 10_000,
    maxKeys: 3,
    random: () => 0,
  });
});

test("makes one fetch for a thousand callers at once", async () => {
  const tokens = await Promise.all(Array.from({ length: 1000 }, () => cache.get("a")));
  expect(fetches).toEqual(["a"]);
  expect(new Set(tokens.map(({ token }) => token))).toEqual(new Set(["token 1"]));
});

test("serves the token without a fetch up to half of its life, then refreshes in the background", async () => {
  await cache.get("a");
  await clock.advance(hour / 2 - 1);
  expect((await cache.get("a")).token).toBe("token 1");
  expect(fetches).toHaveLength(1);
  await clock.advance(1);
  expect((await cache.get("a")).token).toBe("token 1");
  await settled();
  expect(fetches).toHaveLength(2);
  expect((await cache.get("a")).token).toBe("token 2");
});

test("refreshes earlier when the issuer says so", async () => {
  answer = async () => ({ ...(await token()), refreshAfterTimestamp: clock.now() + 60_000 });
  await cache.get("a");
  await clock.advance(60_000);
  await cache.get("a");
  expect(fetches).toHaveLength(2);
});

test("starts one background refresh for any number of callers", async () => {
  await cache.get("a");
  await clock.advance(hour / 2);
  const pending = Promise.withResolvers<AccessToken>();
  answer = () => pending.promise;
  await Promise.all(Array.from({ length: 100 }, () => cache.get("a")));
  expect(fetches).toHaveLength(2);
  pending.resolve(await token());
});

test("serves a valid token while every refresh fails, and never an expired one", async () => {
  await cache.get("a");
  answer = () => Promise.reject(new Error("login is down"));
  await clock.advance(hour / 2);
  for (let minutes = 30; minutes < 59; minutes += 1) {
    expect((await cache.get("a")).token).toBe("token 1");
    await clock.advance(60_000);
  }
  await clock.advance(60_000);
  await expect(cache.get("a")).rejects.toThrow("login is down");
});

test("serves a valid token while a refresh hangs", async () => {
  await cache.get("a");
  await clock.advance(hour / 2);
  answer = () => new Promise(() => undefined);
  await cache.get("a");
  await clock.advance(5_000);
  expect((await cache.get("a")).token).toBe("token 1");
});

test("refuses at the deadline, aborts the fetch and leaves no timer", async () => {
  let signal: AbortSignal | undefined;
  answer = (_key, given) => {
    signal = given;
    return new Promise(() => undefined);
  };
  const refusal = expect(cache.get("a")).rejects.toMatchObject({
    hop: "token exchange",
    reason: "deadline",
    message: "no answer within 10 s",
  });
  await clock.advance(9_999);
  expect(signal?.aborted).toBe(false);
  await clock.advance(1);
  await refusal;
  expect(signal?.aborted).toBe(true);
  expect(clock.timers).toBe(0);
});

test("remembers a failure for a moment that doubles up to 30 seconds, then tries again", async () => {
  answer = () => Promise.reject(new Error(`refusal ${fetches.length}`));
  await expect(cache.get("a")).rejects.toThrow("refusal 1");
  await expect(cache.get("a")).rejects.toThrow("refusal 1");
  for (const [attempt, delay] of [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000].entries()) {
    await clock.advance(delay - 1);
    await expect(cache.get("a")).rejects.toThrow(`refusal ${attempt + 1}`);
    await clock.advance(1);
    await expect(cache.get("a")).rejects.toThrow(`refusal ${attempt + 2}`);
  }
  answer = () => token();
  await clock.advance(15_000);
  expect((await cache.get("a")).token).toMatch("token");
});

test("counts a refresh that brings the same expiry as an attempt to back off from", async () => {
  const first = await cache.get("a");
  answer = () => Promise.resolve(first);
  await clock.advance(hour / 2);
  await cache.get("a");
  await settled();
  await cache.get("a");
  await settled();
  expect(fetches).toHaveLength(2);
  await clock.advance(500);
  await cache.get("a");
  expect(fetches).toHaveLength(3);
});

test("refuses a fetched token that has expired, to every caller that waits for it", async () => {
  answer = () => token(-1);
  const callers = await Promise.allSettled([cache.get("a"), cache.get("a")]);
  expect(callers.map((caller) => caller.status === "rejected" && caller.reason)).toEqual(
    Array(2).fill(expect.objectContaining({ message: "the answer is an expired token" })),
  );
  expect(fetches).toEqual(["a"]);
});

test("lets the key that was used least recently leave when there are too many", async () => {
  for (const key of ["a", "b", "c", "a", "d"]) await cache.get(key);
  expect(cache.state("b")).toEqual({});
  for (const key of ["a", "c", "d"]) expect(cache.state(key).token).toBeDefined();
  await cache.get("b");
  expect(fetches).toEqual(["a", "b", "c", "d", "b"]);
});

test("keeps the keys apart: one that fails or hangs does not touch another", async () => {
  answer = (key) => (key === "a" ? token() : Promise.reject(new Error("refused")));
  await expect(cache.get("b")).rejects.toThrow("refused");
  expect((await cache.get("a")).token).toBe("token 2");
});

test("tells the last attempt and its error", async () => {
  const started = clock.now();
  answer = () => Promise.reject(new Error("refused"));
  await cache.get("a").catch(() => undefined);
  expect(cache.state("a").lastAttempt).toMatchObject({
    at: started,
    error: { message: "refused" },
  });
  answer = () => token();
  await clock.advance(1_000);
  await cache.get("a");
  expect(cache.state("a").lastAttempt).toEqual({ at: started + 1_000 });
});
