import { beforeEach, expect, test, vi } from "vitest";
import { TokenError } from "../src/token-error.ts";
import { withRetries } from "../src/with-retries.ts";
import { ManualClock } from "./manual-clock.ts";

const disturbance = new TokenError("token exchange", "ERR_UPSTREAM_UNAVAILABLE", "down");
let clock: ManualClock;

beforeEach(() => {
  clock = new ManualClock();
});

test("repeats a disturbed attempt twice at most, after growing pauses", async () => {
  const times: number[] = [];
  const started = clock.now();
  const attempt = (): Promise<never> => {
    times.push(clock.now() - started);
    return Promise.reject(disturbance);
  };
  await expect(clock.passUntil(run(stays(), attempt))).rejects.toBe(disturbance);
  // Of pauses of 250 ms and 1 s one half is random, and here left out.
  expect(times).toEqual([0, 125, 625]);
});

test.each([
  ["a refusal", new TokenError("token exchange", "ERR_TOKEN_EXCHANGE", "no")],
  ["a wait of more than two seconds that the upstream asks for", askingFor(2_001)],
])("does not repeat after %s", async (_case, error) => {
  const attempt = vi.fn(() => Promise.reject(error));
  await expect(run(stays(), attempt)).rejects.toBe(error);
  expect(attempt).toHaveBeenCalledTimes(1);
});

test("waits as long as the upstream asks, up to two seconds", async () => {
  const started = clock.now();
  const attempt = vi.fn(() => Promise.resolve("token")).mockRejectedValueOnce(askingFor(2_000));
  expect(await clock.passUntil(run(stays(), attempt))).toBe("token");
  expect(clock.now() - started).toBe(2_000);
});

test("does not begin to wait once nobody wants the answer, and tells what the attempt met", async () => {
  const after = vi.spyOn(clock, "after");
  const attempt = vi.fn(() => Promise.reject(disturbance));
  await expect(run(AbortSignal.abort(), attempt)).rejects.toBe(disturbance);
  expect(attempt).toHaveBeenCalledTimes(1);
  expect(after).not.toHaveBeenCalled();
});

test("ends a pause with the signal's reason, and leaves no timer", async () => {
  const leaving = new AbortController();
  const attempts = run(leaving.signal, () => Promise.reject(disturbance));
  attempts.catch(() => undefined);
  await clock.advance(100);
  leaving.abort();
  await expect(attempts).rejects.toMatchObject({ name: "AbortError" });
  expect(clock.timers).toBe(0);
});

function run<T>(signal: AbortSignal, attempt: () => Promise<T>): Promise<T> {
  return withRetries({ clock, random: () => 0 }, signal, attempt);
}

function askingFor(retryAfterMs: number): TokenError {
  return new TokenError("token exchange", "ERR_UPSTREAM_UNAVAILABLE", "wait", {}, { retryAfterMs });
}

function stays(): AbortSignal {
  return new AbortController().signal;
}
