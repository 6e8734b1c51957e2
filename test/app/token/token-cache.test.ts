import type { AccessToken } from "@azure/core-auth";
import { beforeEach, expect, test } from "vitest";
import { TokenCache } from "../../../app/token/token-cache.ts";
import { TokenError } from "../../../app/token/token-error.ts";
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
  expect(fetches).toHaveLength(2);
  expect((await cache.get("a")).token).toBe("token 2");
});

test("serves the token held while a caller's request starts the refresh that no timer started", async () => {
  await cache.get("a");
  // A machine that slept: its clock has moved on and no timer has fired yet.
  clock.jump(hour / 2);
  expect((await cache.get("a")).token).toBe("token 1");
  expect(fetches).toHaveLength(2);
  await settled();
  expect((await cache.get("a")).token).toBe("token 2");
});

test("lets the token of a key that nobody asks for expire, after one refresh", async () => {
  await cache.get("a");
  await clock.advance(24 * hour);
  expect(fetches).toHaveLength(2);
  expect(clock.backgroundTimers).toBe(0);
});

test("refreshes earlier when the issuer says so", async () => {
  answer = async () => ({ ...(await token()), refreshAfterTimestamp: clock.now() + 60_000 });
  await cache.get("a");
  await clock.advance(59_999);
  expect(fetches).toHaveLength(1);
  await clock.advance(1);
  expect(fetches).toHaveLength(2);
});

test("starts one background refresh for any number of callers", async () => {
  await cache.get("a");
  const pending = Promise.withResolvers<AccessToken>();
  answer = () => pending.promise;
  clock.jump(hour / 2);
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
  answer = () => new Promise(() => undefined);
  await clock.advance(hour / 2 + 60_000);
  expect(fetches.length).toBeGreaterThan(1);
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
    code: "ERR_UPSTREAM_DEADLINE",
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

test("asks less and less often while a token is held, and more often towards its end", async () => {
  await cache.get("a");
  answer = () => Promise.reject(new Error("login is down"));
  const intervals = async (from: number, to: number): Promise<number> => {
    const before = fetches.length;
    for (let at = from; at < to; at += 10_000) {
      await clock.advance(10_000);
      await cache.get("a");
    }
    return Math.round((to - from) / (fetches.length - before) / 1000);
  };
  await clock.advance(hour / 2);
  await intervals(0, hour / 6);
  expect(await intervals(hour / 6, hour / 3)).toBeGreaterThan(40);
  expect(await intervals(hour / 3, hour / 2 - 60_000)).toBeLessThan(30);
});

test("counts a refresh that brings the same expiry as an attempt to back off from", async () => {
  const first = await cache.get("a");
  answer = () => Promise.resolve(first);
  await clock.advance(hour / 2);
  expect(fetches).toHaveLength(2);
  await cache.get("a");
  await clock.advance(499);
  expect(fetches).toHaveLength(2);
  await clock.advance(1);
  expect(fetches).toHaveLength(3);
  expect(cache.state("a").counters).toMatchObject({ obtained: 1, failed: 0 });
});

test("waits as long as the upstream asks", async () => {
  for (const asked of [20_000, 60_000]) {
    const key = `asked ${asked}`;
    answer = () =>
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
    await expect(cache.get(key)).rejects.toThrow("slow down");
    answer = () => token();
    await clock.advance(asked - 1);
    await expect(cache.get(key)).rejects.toThrow("slow down");
    await clock.advance(1);
    expect((await cache.get(key)).token).toMatch("token");
  }
});

test("does not add to the wait for the other hop, which remembers its own failures", async () => {
  answer = () => Promise.reject(new TokenError("managed identity", "ERR_MANAGED_IDENTITY", "no"));
  for (let attempt = 0; attempt < 8; attempt += 1) {
    await expect(cache.get("a")).rejects.toThrow("no");
    await clock.advance(500);
  }
  answer = () => token();
  await clock.advance(500);
  expect((await cache.get("a")).token).toMatch("token");
});

test("tries again by itself after a failure, so that recovery needs no caller", async () => {
  answer = () => Promise.reject(new Error("refused"));
  await cache.get("a").catch(() => undefined);
  answer = () => token();
  await clock.advance(500);
  expect(cache.state("a").token).toBeDefined();
});

test("a caller that leaves gets an AbortError at once and does not touch the others", async () => {
  const pending = Promise.withResolvers<AccessToken>();
  answer = () => pending.promise;
  const leaving = new AbortController();
  const [left, stayed] = [cache.get("a", leaving.signal), cache.get("a", neverAborted())];
  leaving.abort();
  await expect(left).rejects.toMatchObject({ name: "AbortError" });
  pending.resolve(await token());
  expect((await stayed).token).toBe("token 1");
});

test("cancels the fetch two seconds after the last caller left, and the next caller starts another", async () => {
  const signals: AbortSignal[] = [];
  answer = (_key, signal) => {
    signals.push(signal);
    return new Promise(() => undefined);
  };
  const leaving = new AbortController();
  const callers = [cache.get("a", leaving.signal), cache.get("a", leaving.signal)];
  leaving.abort();
  const outcomes = await Promise.allSettled(callers);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  await clock.advance(1_999);
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  await clock.advance(1);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  answer = () => token();
  expect((await cache.get("a")).token).toBe("token 2");
  expect(cache.state("a").counters).toMatchObject({ failed: 0, obtained: 1 });
  expect(clock.timers).toBe(0);
});

test("refuses a caller that has left already, without a fetch", async () => {
  await expect(cache.get("a", AbortSignal.abort())).rejects.toMatchObject({ name: "AbortError" });
  expect(fetches).toEqual([]);
});

test("drops a token that the resource refused once, and fetches another once", async () => {
  cache.reject("a", (await cache.get("a")).token);
  const second = await cache.get("a");
  expect(second.token).toBe("token 2");
  cache.reject("a", second.token);
  expect((await cache.get("a")).token).toBe("token 2");
  expect(cache.state("a").counters.rejected).toBe(2);
  await clock.advance(300_000);
  cache.reject("a", second.token);
  expect((await cache.get("a")).token).toBe("token 3");
});

test("keeps its token when another one was refused", async () => {
  await cache.get("a");
  cache.reject("a", "token 0");
  expect((await cache.get("a")).token).toBe("token 1");
});

test("refuses a fetched token that has expired, to every caller that waits for it", async () => {
  answer = () => token(-1);
  const callers = await Promise.allSettled([cache.get("a"), cache.get("a")]);
  expect(callers.map((caller) => caller.status === "rejected" && caller.reason)).toEqual(
    Array(2).fill(
      expect.objectContaining({
        code: "ERR_UPSTREAM_UNAVAILABLE",
        message: expect.stringMatching(/^the answer is a token that expired at .*; this machine's/),
      }),
    ),
  );
  expect(fetches).toEqual(["a"]);
});

test("lets the key that was used least recently leave when there are too many", async () => {
  for (const key of ["a", "b", "c", "a", "d"]) await cache.get(key);
  expect(cache.state("b").token).toBeUndefined();
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
  expect(cache.state("a").lastAttempt).toEqual({ at: started + 500 });
});

test("tells what was served, obtained, failed and refused, and when", async () => {
  const started = clock.now();
  await Promise.all([cache.get("a"), cache.get("a")]);
  expect(cache.state("a")).toMatchObject({
    obtainedAt: started,
    refreshAt: started + hour / 2,
    inFlight: false,
    counters: { served: 2, obtained: 1, failed: 0, rejected: 0 },
  });
});

test("ends timers and fetches when it is closed", async () => {
  let signal: AbortSignal | undefined;
  await cache.get("a");
  answer = (_key, given) => {
    signal = given;
    return new Promise(() => undefined);
  };
  const waiting = cache.get("b");
  cache.close();
  await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
  expect(signal?.aborted).toBe(true);
  expect([clock.timers, clock.backgroundTimers]).toEqual([0, 0]);
});

test("cancels the fetch of a key that has left when it is closed", async () => {
  let signal: AbortSignal | undefined;
  answer = (key, given) => {
    if (key !== "a") return token();
    signal = given;
    return new Promise(() => undefined);
  };
  const waiting = cache.get("a");
  for (const key of ["b", "c", "d"]) await cache.get(key);
  expect(cache.state("a").inFlight).toBe(false);
  cache.close();
  await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
  expect(signal?.aborted).toBe(true);
  expect([clock.timers, clock.backgroundTimers]).toEqual([0, 0]);
});

test("refuses every caller after it was closed with an AbortError, without a fetch", async () => {
  await cache.get("a");
  cache.close();
  for (const key of ["a", "b"]) {
    await expect(cache.get(key)).rejects.toMatchObject({
      name: "AbortError",
      message: "the tokens are closed",
    });
  }
  expect(fetches).toEqual(["a"]);
});

test("sets no timer for a token that arrives in the moment of closing", async () => {
  const pending = Promise.withResolvers<AccessToken>();
  answer = () => pending.promise;
  const waiting = cache.get("a");
  pending.resolve(await token());
  cache.close();
  await Promise.allSettled([waiting]);
  expect([clock.timers, clock.backgroundTimers]).toEqual([0, 0]);
});

test("holds a refused token again when no other one is to be had", async () => {
  cache.reject("a", (await cache.get("a")).token);
  answer = () => Promise.reject(new Error("login is down"));
  await expect(cache.get("a")).rejects.toThrow("login is down");
  expect((await cache.get("a")).token).toBe("token 1");
});

test("callers with three seconds of patience get a token from a login that takes four", async () => {
  const login = Promise.withResolvers<AccessToken>();
  const brought = await token();
  clock.after(4_000, () => login.resolve(brought));
  answer = () => login.promise;
  const [first, second] = [new AbortController(), new AbortController()];
  const impatient = cache.get("a", first.signal);
  clock.after(3_000, () => first.abort());
  await expect(clock.passUntil(impatient)).rejects.toMatchObject({ name: "AbortError" });
  await clock.advance(500);
  const next = cache.get("a", second.signal);
  expect(await clock.passUntil(next)).toBe(brought);
  expect(fetches).toEqual(["a"]);
});

test("a state that was read does not change with what happens later", async () => {
  await cache.get("a");
  const { counters } = cache.state("a");
  await cache.get("a");
  expect(counters.served).toBe(1);
  expect(cache.state("a").counters.served).toBe(2);
});

/** A signal of a caller that stays. */
function neverAborted(): AbortSignal {
  return new AbortController().signal;
}
