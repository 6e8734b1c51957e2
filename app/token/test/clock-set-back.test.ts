import type { AccessToken } from "@azure/core-auth";
import { beforeEach, expect, test } from "vitest";
import { TokenCache } from "../src/token-cache.ts";
import { ManualClock } from "./manual-clock.ts";

const hour = 3_600_000;
const minute = 60_000;
let timers: ManualClock;
/** By how much the time of day differs from the time that the timers count. */
let setBackMs: number;
let cache: TokenCache;
let answer: () => Promise<AccessToken>;
let fetches: number;

beforeEach(() => {
  timers = new ManualClock();
  setBackMs = fetches = 0;
  const now = (): number => timers.now() - setBackMs;
  answer = () => Promise.resolve({ token: `token ${fetches}`, expiresOnTimestamp: now() + hour });
  cache = new TokenCache({
    hop: "token exchange",
    fetch() {
      fetches += 1;
      return answer();
    },
    clock: {
      now,
      after: (delayMs, action) => timers.after(delayMs, action),
      background: (delayMs, action) => timers.background(delayMs, action),
    },
    deadlineMs: 10_000,
    maxKeys: 3,
    random: () => 0,
  });
});

test("refreshes at half of the token's life by the time of day when that was set back", async () => {
  await cache.get("a");
  setBackMs = 10 * minute;
  await timers.advance(hour / 2);
  expect(fetches).toBe(1);
  await timers.advance(10 * minute - 1);
  expect(fetches).toBe(1);
  await timers.advance(1);
  expect(fetches).toBe(2);
});

test("a failure that lies in the future since the clock was set back locks nobody out", async () => {
  const healthy = answer;
  answer = () => Promise.reject(new Error("refused"));
  await expect(cache.get("a")).rejects.toThrow("refused");
  answer = healthy;
  await expect(cache.get("a")).rejects.toThrow("refused");
  setBackMs = hour;
  expect((await cache.get("a")).token).toBe("token 2");
});
