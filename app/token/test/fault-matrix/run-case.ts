import type { AccessToken } from "@azure/core-auth";
import type { CrossTenantTokens } from "../../src/cross-tenant-tokens.ts";
import type { TokenError } from "../../src/token-error.ts";
import { faults, type FaultName, type Place } from "./faults.ts";
import type { PacedClock } from "./paced-clock.ts";
import { scope, tenant, tokensFrom } from "./token-setup.ts";
import type { Upstream } from "./upstream.ts";

/** What is held when the fault begins: nothing, a token with time left, one that is due for a refresh, an expired one. */
export const states = ["cold", "warm", "pastRefresh", "expired"] as const;
export type State = (typeof states)[number];

export interface FaultCase {
  readonly place: Place;
  readonly fault: FaultName;
  readonly state: State;
}

/** What callers met. Times are milliseconds of the injected clock. */
export interface Observation {
  /** The same for each of them. */
  readonly met: "held token" | "new token" | TokenError;
  readonly waitedMs: number;
  /** Requests of the callers and of the refresh that they started. */
  readonly calls: Readonly<Record<Place, number>>;
  /** Requests of as many callers again, at once after the answer. */
  readonly callsOfNextStorm: Readonly<Record<Place, number>>;
  /** From the end of the fault to the token that it withheld, if it did. */
  readonly recoveredMs?: number;
}

const minute = 60_000;
const hour = 60 * minute;

/** Lets `callers` at once meet `fault` in `state`, then ends it and waits for the recovery. */
export async function runCase(
  { place, fault, state }: FaultCase,
  callers: number,
  upstream: Upstream,
  clock: PacedClock,
): Promise<Observation> {
  upstream.forget();
  const tokens = tokensFrom(upstream, clock);
  const getToken = (): Promise<AccessToken> => tokens.credential(tenant).getToken(scope);
  const storm = () => Promise.allSettled(Array.from({ length: callers }, getToken));
  try {
    const held = await reach(state, place, clock, getToken);
    upstream.fail(place, faults[fault].answer);
    upstream.client.resetCalls();
    const { value, tookMs: waitedMs } = await clock.pass(storm());
    await clock.passUntil(() => !isFetching(tokens));
    await upstream.allClosed();
    const calls = upstream.client.resetCalls();
    await clock.pass(storm());
    const callsOfNextStorm = upstream.client.resetCalls();
    upstream.heal();
    const observed = { met: metByAll(value, held), waitedMs, calls, callsOfNextStorm };
    if (state === "warm") return observed;
    return { ...observed, recoveredMs: await recovery(tokens, place, clock) };
  } finally {
    tokens.close();
    await clock.quiet();
  }
}

/** Makes the token of the hop that will fail as old as `state` says; returns the one that callers would get. */
async function reach(
  state: State,
  place: Place,
  clock: PacedClock,
  getToken: () => Promise<AccessToken>,
): Promise<string | undefined> {
  if (state === "cold") return undefined;
  let { token } = (await clock.pass(getToken())).value;
  if (state === "warm") return token;
  if (place === "managed identity") {
    // The identity's token lives a day; the tenant's is fetched anew when it is due soon.
    clock.jump(14 * hour);
    ({ token } = (await clock.pass(getToken())).value);
    clock.jump(state === "expired" ? 13 * hour : 40 * minute);
  } else {
    clock.jump(state === "expired" ? hour : 40 * minute);
  }
  return token;
}

async function recovery(
  tokens: CrossTenantTokens,
  place: Place,
  clock: PacedClock,
): Promise<number> {
  const failed = () =>
    place === "managed identity" ? tokens.identityState() : tokens.state(tenant, scope);
  const [started, before] = [clock.now(), failed().counters.obtained];
  while (failed().counters.obtained === before || !holdsToken(tokens, clock)) {
    if (clock.now() > started + 24 * hour) throw new Error("no recovery within a day");
    // Somebody asks at every moment at which something may have changed.
    await clock.step();
    await clock.pass(Promise.allSettled([tokens.credential(tenant).getToken(scope)]));
    await clock.passUntil(() => !isFetching(tokens));
  }
  return clock.now() - started;
}

function isFetching(tokens: CrossTenantTokens): boolean {
  return tokens.identityState().inFlight || tokens.state(tenant, scope).inFlight;
}

function holdsToken(tokens: CrossTenantTokens, clock: PacedClock): boolean {
  return clock.now() < (tokens.state(tenant, scope).token?.expiresOnTimestamp ?? 0);
}

function metByAll(
  results: PromiseSettledResult<AccessToken>[],
  held: string | undefined,
): Observation["met"] {
  const met = results.map((result) => {
    if (result.status === "rejected") return result.reason as TokenError;
    return result.value.token === held ? "held token" : "new token";
  });
  const [first, ...others] = new Set(met);
  if (first === undefined || others.length > 0) throw new Error("callers met different things");
  return first;
}
