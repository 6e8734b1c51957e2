import { inspect } from "node:util";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { describeObservation } from "./describe-observation.ts";
import { expectedCases } from "./expected-cases.ts";
import { faults } from "./faults.ts";
import { PacedClock } from "./paced-clock.ts";
import { runCase } from "./run-case.ts";
import { startUpstream, type Upstream } from "./upstream.ts";

// MSAL keeps the identity endpoint's address and HTTP client for the process: one upstream for the file.
let upstream: Upstream;
const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);

beforeAll(async () => {
  upstream = await startUpstream();
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.stubEnv("IDENTITY_ENDPOINT", upstream.identityEndpoint);
  vi.stubEnv("IDENTITY_HEADER", "canary-header");
  process.on("unhandledRejection", note);
});

afterEach(() => expect(unhandled.splice(0)).toEqual([]));

afterAll(() => {
  process.off("unhandledRejection", note);
  upstream.close();
});

test.each(expectedCases())(
  "meets $fault at the $place, $state, as the table says",
  async ({ hop, expected, ...faultCase }) => {
    for (const callers of [1, 100]) {
      const clock = new PacedClock(upstream.idle);
      const observation = await runCase(faultCase, callers, upstream, clock);
      expect(describeObservation(observation)).toBe(expected);
      // What follows discovery is asked once for each time that discovery answers.
      const { calls } = observation;
      const discovered = faultCase.place === "discovery" ? 0 : calls.discovery;
      expect(calls["token exchange"]).toBe(discovered);
      // A storm of callers right after a failure is told of it and asks nobody.
      expect(Object.values(observation.callsOfNextStorm)).toEqual([0, 0, 0]);
      expect([clock.timers, upstream.client.inFlight.size]).toEqual([0, 0]);
      const { details, answer } = faults[faultCase.fault];
      // Each of these was closed by the client, or the case would not have ended.
      const hanging = answer === "hang" || answer === "hang mid-body";
      expect(upstream.held.size).toBe(hanging ? calls[faultCase.place] : 0);
      if (typeof observation.met === "string") continue;
      expect(observation.met).toMatchObject({ name: "TokenError", hop });
      expect(observation.met.details).toEqual(details);
      expect(inspect(observation.met, { depth: 20, showHidden: true })).not.toContain("canary");
    }
  },
);

test("the table has every fault once at each place where it can occur", () => {
  const expected = expectedCases().filter(({ state }) => state === "warm");
  const all = Object.entries(faults).flatMap(([fault, { places }]) =>
    places.map((place) => `${fault} at ${place}`),
  );
  expect(expected.map(({ fault, place }) => `${fault} at ${place}`).sort()).toEqual(all.sort());
});
