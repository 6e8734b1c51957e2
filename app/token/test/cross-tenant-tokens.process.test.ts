import { randomUUID } from "node:crypto";
import type { AccessToken } from "@azure/core-auth";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { CrossTenantTokens } from "../src/cross-tenant-tokens.ts";
import { faults } from "./fault-matrix/faults.ts";
import { PacedClock } from "./fault-matrix/paced-clock.ts";
import { scope, tenant, tokensFrom } from "./fault-matrix/token-setup.ts";
import { startUpstream, type Upstream } from "./fault-matrix/upstream.ts";

// MSAL keeps the identity endpoint's address and HTTP client for the process: one upstream for the file.
let upstream: Upstream;
let clock: PacedClock;
let tokens: CrossTenantTokens;

const minute = 60_000;
const hour = 60 * minute;
const refused = faults["401 AADSTS700213 no matching federated credential"].answer;

/** The token that a caller gets, for which time passes if it has to. */
const getToken = async (tenantId = tenant): Promise<string> =>
  (await clock.pass(tokens.credential(tenantId).getToken(scope))).value.token;

beforeAll(async () => {
  upstream = await startUpstream();
  vi.useFakeTimers({ toFake: ["Date"] });
});

beforeEach(() => {
  vi.stubEnv("IDENTITY_ENDPOINT", upstream.identityEndpoint);
  vi.stubEnv("IDENTITY_HEADER", "canary-header");
  upstream.forget();
  clock = new PacedClock(upstream.idle);
  tokens = tokensFrom(upstream, clock);
});

afterEach(async () => {
  tokens.close();
  await upstream.allClosed();
  expect(upstream.client.inFlight.size).toBe(0);
});

afterAll(() => {
  vi.useRealTimers();
  upstream.close();
});

test("a caller that leaves gets an AbortError at once, and the request goes on for the others", async () => {
  upstream.fail("token exchange", "hang");
  const leaving = new AbortController();
  const stays = tokens.credential(tenant).getToken(scope, { abortSignal: never() });
  const leaves = tokens.credential(tenant).getToken(scope, { abortSignal: leaving.signal });
  await clock.quiet();
  leaving.abort();
  await expect(leaves).rejects.toMatchObject({ name: "AbortError" });
  await clock.quiet();
  expect(upstream.open).toBe(1);
  upstream.heal();
  expect((await clock.pass(stays)).value.token).toMatch("canary-token");
});

test.each(["hang", "hang mid-body"] as const)(
  "closes the connection two seconds after the last caller left a %s",
  async (fault) => {
    // Of the identity's request the exchanges' cache is the caller, with a signal of its own.
    for (const [place, closesAfterMs] of [
      ["managed identity", 4_000],
      ["discovery", 2_000],
      ["token exchange", 2_000],
    ] as const) {
      const started = clock.now();
      upstream.forget();
      tokens = tokensFrom(upstream, clock);
      upstream.fail(place, fault);
      const leaving = new AbortController();
      const options = { abortSignal: leaving.signal };
      const callers = [1, 2].map(() => tokens.credential(tenant).getToken(scope, options));
      await clock.quiet();
      expect(upstream.open).toBe(1);
      leaving.abort();
      await expect(Promise.any(callers)).rejects.toMatchObject({
        errors: [{ name: "AbortError" }, { name: "AbortError" }],
      });
      await clock.passUntil(() => upstream.client.inFlight.size === 0);
      await upstream.allClosed();
      expect(clock.now() - started).toBe(closesAfterMs);
      expect(tokens.state(tenant, scope)).toMatchObject({
        inFlight: false,
        counters: { failed: 0 },
      });
    }
    expect(clock.timers).toBe(0);
  },
);

test("closing the module closes the connections of its requests", async () => {
  upstream.fail("token exchange", "hang");
  const waiting = expect(tokens.credential(tenant).getToken(scope)).rejects.toMatchObject({
    name: "AbortError",
  });
  await clock.quiet();
  expect(upstream.open).toBe(1);
  tokens.close();
  await waiting;
  await upstream.allClosed();
  expect(clock.timers).toBe(0);
});

test("a thousand cold tenants make one identity call and at most 16 exchanges at a time", async () => {
  upstream.fail("token exchange", "hang");
  const tenants = Array.from({ length: 1000 }, () => randomUUID());
  const all = Promise.all(tenants.map((id) => tokens.credential(id).getToken(scope)));
  await clock.quiet();
  expect(upstream.open).toBe(16);
  upstream.heal();
  expect(new Set((await clock.pass(all)).value.map(({ token }) => token)).size).toBe(1000);
  expect(upstream.client.resetCalls()).toEqual({
    "managed identity": 1,
    discovery: 1016,
    "token exchange": 1016,
  });
});

test("a storm of a thousand callers on a refusal makes one request, and one more once it may be over", async () => {
  upstream.fail("token exchange", refused);
  const { value: first } = await clock.pass(storm());
  const { value: second } = await clock.pass(storm());
  const reasons = [...first, ...second].map(
    (result) => result.status === "rejected" && result.reason,
  );
  expect(new Set(reasons)).toEqual(
    new Set([expect.objectContaining({ details: expect.objectContaining({ aadsts: 700_213 }) })]),
  );
  expect(upstream.client.resetCalls()).toMatchObject({
    "managed identity": 1,
    "token exchange": 1,
  });
  clock.jump(1000);
  await clock.pass(storm());
  // The identity's token may be what is refused: its successor is asked for, once in five minutes.
  expect(upstream.client.resetCalls()).toMatchObject({
    "managed identity": 1,
    "token exchange": 1,
  });
});

test("gets over a credential that works, fails and works again while it propagates, without a restart", async () => {
  const first = await getToken();
  upstream.fail("token exchange", refused);
  clock.jump(hour);
  for (let refusals = 0; refusals < 4; refusals += 1) {
    await expect(getToken()).rejects.toMatchObject({ code: "ERR_TOKEN_EXCHANGE" });
    await clock.step();
  }
  upstream.heal();
  const healed = clock.now();
  let next: string | undefined;
  while (next === undefined) {
    await clock.step();
    next = await getToken().catch(() => undefined);
  }
  expect(next).not.toBe(first);
  // After five failures in a row the pause has become 16 seconds.
  expect(clock.now() - healed).toBe(16_000);
});

test.each([
  ["ahead of", 5 * minute],
  ["behind", -5 * minute],
])(
  "knows how long an identity's token lasts when the upstream's clock is %s its own",
  async (_side, skewMs) => {
    upstream.healthy.skewMs = skewMs;
    await getToken();
    expect(tokens.identityState().token?.expiresOnTimestamp).toBe(clock.now() + 24 * hour);
    expect(tokens.state(tenant, scope).token?.expiresOnTimestamp).toBe(clock.now() + hour - 1000);
  },
);

test("sends the identity header of the moment, because the platform rotates it", async () => {
  await getToken();
  vi.stubEnv("IDENTITY_HEADER", "rotated-header");
  tokens.close();
  tokens = tokensFrom(upstream, clock);
  await getToken();
  expect(upstream.identityHeaders).toEqual(["canary-header", "rotated-header"]);
  // The successor as well, however the SDK came by it.
  clock.jump(15 * hour);
  const refreshed = clock.now();
  await getToken();
  await clock.passUntil(() => tokens.identityState().counters.obtained === 2);
  expect(tokens.identityState().token?.expiresOnTimestamp).toBe(refreshed + 24 * hour);
});

/** A thousand callers at once. */
function storm(): Promise<PromiseSettledResult<AccessToken>[]> {
  const callers = Array.from({ length: 1000 }, () => tokens.credential(tenant).getToken(scope));
  return Promise.allSettled(callers);
}

/** The signal of a caller that stays. */
function never(): AbortSignal {
  return new AbortController().signal;
}
