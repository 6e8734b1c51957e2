import { beforeEach, expect, test } from "vitest";
import { Flight } from "../src/flight.ts";
import { ManualClock } from "./manual-clock.ts";

let clock: ManualClock;
let flight: Flight<string>;
let work: PromiseWithResolvers<string>;

beforeEach(() => {
  clock = new ManualClock();
  work = Promise.withResolvers();
  flight = new Flight(clock, () => work.promise);
});

test("a caller that joins within two seconds keeps the work of those that left alive", async () => {
  await joinAndLeave();
  await clock.advance(1_999);
  const stays = flight.wait(new AbortController().signal);
  await clock.advance(60_000);
  expect(flight.cancelled).toBe(false);
  work.resolve("token");
  expect(await stays).toBe("token");
});

test("counts the two seconds anew from the last caller that left", async () => {
  await joinAndLeave();
  await clock.advance(1_999);
  await joinAndLeave();
  await clock.advance(1_999);
  expect(flight.cancelled).toBe(false);
  await clock.advance(1);
  expect(flight.cancelled).toBe(true);
});

test("work that is kept goes on when nobody waits for it", async () => {
  await joinAndLeave();
  flight.keep();
  await clock.advance(60_000);
  expect(flight.cancelled).toBe(false);
});

test("leaves no timer behind when the work ends without anybody waiting", async () => {
  await joinAndLeave();
  expect(clock.backgroundTimers).toBe(1);
  work.resolve("token");
  await clock.advance(0);
  expect(clock.backgroundTimers).toBe(0);
});

async function joinAndLeave(): Promise<void> {
  const leaving = new AbortController();
  const left = flight.wait(leaving.signal);
  leaving.abort();
  await expect(left).rejects.toMatchObject({ name: "AbortError" });
}
