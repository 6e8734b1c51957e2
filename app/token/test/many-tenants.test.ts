import type { TokenCredential } from "@azure/core-auth";
import { beforeEach, expect, test } from "vitest";
import { createCrossTenantTokens, type CrossTenantTokens } from "../src/cross-tenant-tokens.ts";
import { ManualClock } from "./manual-clock.ts";
import { FakeUpstream } from "./fake-upstream.ts";

const scope = "https://storage.azure.com/.default";
let clock: ManualClock;
let tokens: CrossTenantTokens;
let identityCalls: number;
let exchanges: string[];

beforeEach(() => {
  clock = new ManualClock();
  identityCalls = 0;
  exchanges = [];
  tokens = createCrossTenantTokens({
    identityCredential: () => tokenAfter(() => (identityCalls += 1)),
    identityScope: "api://AzureADTokenExchange/.default",
    tenantCredential: (tenantId) => tokenAfter(() => exchanges.push(tenantId)),
    httpClient: new FakeUpstream(),
    clock,
    random: () => 0,
  });
});

test("keeps the tokens of 10,000 tenants, and with one more lets the one leave that was used least recently", async () => {
  const tenants = Array.from({ length: 10_000 }, (_, index) => `tenant-${index}`);
  await Promise.all(tenants.map(getToken));
  expect(identityCalls).toBe(1);
  await Promise.all(tenants.map(getToken));
  expect(exchanges).toEqual(tenants);
  await getToken("tenant-0");
  await getToken("one-more");
  expect(tokens.state("tenant-0", scope).token).toBeDefined();
  expect(tokens.state("tenant-1", scope).token).toBeUndefined();
  expect(tokens.state("tenant-2", scope).token).toBeDefined();
  // A refresh timer for each tenant and one for the identity: the one that left has none.
  expect(clock.backgroundTimers).toBe(10_001);
});

test("a tenant that left while its token was being fetched still gets it to whoever waits", async () => {
  const waiting = getToken("first");
  const others = Array.from({ length: 10_000 }, (_, index) => getToken(`tenant-${index}`));
  expect(tokens.state("first", scope).inFlight).toBe(false);
  expect(await waiting).toBe("token");
  await Promise.all(others);
  expect(clock.backgroundTimers).toBe(10_001);
});

async function getToken(tenantId: string): Promise<string> {
  return (await tokens.credential(tenantId).getToken(scope)).token;
}

/** A credential that answers at once. */
function tokenAfter(noted: () => unknown): TokenCredential {
  return {
    getToken() {
      noted();
      return Promise.resolve({ token: "token", expiresOnTimestamp: clock.now() + 3_600_000 });
    },
  };
}
