import { expect, test } from "vitest";
import { backoffMs, isUsable, outlives, refreshTime } from "../src/refresh-schedule.ts";

const now = Date.UTC(2026, 0, 1);
const minute = 60_000;
const hour = 60 * minute;

test("a token is of no use from five seconds before its expiry on", () => {
  expect(isUsable(expiresIn(5_001), now)).toBe(true);
  expect(isUsable(expiresIn(5_000), now)).toBe(false);
});

test("a token outlives another one only by more than five seconds", () => {
  expect(outlives(expiresIn(hour + 5_001), expiresIn(hour))).toBe(true);
  expect(outlives(expiresIn(hour + 5_000), expiresIn(hour))).toBe(false);
});

test.each([
  ["half of its life without a hint", undefined, 0, 30 * minute],
  ["a fifth of that later at most", undefined, 0.5, 33 * minute],
  ["the issuer's hint when that is sooner", 20 * minute, 0, 20 * minute],
  ["a fifth of the hint later at most", 20 * minute, 0.5, 22 * minute],
  ["half of its life when the hint is later", 40 * minute, 0, 30 * minute],
  ["thirty seconds when the hint is sooner", 1_000, 0, 30_000],
  ["thirty seconds when the hint is past", -hour, 0, 30_000],
  ["a fifth later than thirty seconds at most", 1_000, 0.5, 33_000],
])("the successor of a token of one hour is asked for after %s", (_case, hint, random, delay) => {
  const token = {
    ...expiresIn(hour),
    ...(hint !== undefined && { refreshAfterTimestamp: now + hint }),
  };
  expect(refreshTime(token, now, random) - now).toBe(delay);
});

test.each([
  ["one second after the first failure", 1, 0, 1_000],
  ["twice as long after each further one", 4, 0, 8_000],
  ["30 seconds at most without a token", 50, 0, 30_000],
  ["30 seconds at most when little of the token is left", 50, 4 * minute, 30_000],
  ["a tenth of what is left of the token", 50, hour, 6 * minute],
  ["ten minutes at most, however long the token lasts", 50, 24 * hour, 10 * minute],
])("the pause after a failure is %s", (_case, failures, remainingMs, pauseMs) => {
  const setback = { failures, remainingMs };
  // Half of the pause is random.
  expect(backoffMs(setback, 1)).toBe(pauseMs);
  expect(backoffMs(setback, 0)).toBe(pauseMs / 2);
});

function expiresIn(ms: number) {
  return { token: "token", expiresOnTimestamp: now + ms };
}
