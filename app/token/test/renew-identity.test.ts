import type { AccessToken } from "@azure/core-auth";
import { createPipelineRequest } from "@azure/core-rest-pipeline";
import { beforeEach, expect, test } from "vitest";
import { createCrossTenantTokens, type CrossTenantTokens } from "../src/cross-tenant-tokens.ts";
import { ManualClock } from "./manual-clock.ts";
import { FakeUpstream } from "./fake-upstream.ts";

const scope = "https://storage.azure.com/.default";
let clock: ManualClock;
let tokens: CrossTenantTokens;
let identity: () => Promise<AccessToken>;
let identityCalls: number;
let presented: string[];
let upstream: FakeUpstream;

beforeEach(() => {
  clock = new ManualClock();
  identityCalls = 0;
  presented = [];
  upstream = new FakeUpstream();
  upstream.login = { status: 401, body: {} };
  identity = () => identityToken();
  tokens = createCrossTenantTokens({
    identityCredential: () => ({
      getToken() {
        identityCalls += 1;
        return identity();
      },
    }),
    identityScope: "api://AzureADTokenExchange/.default",
    tenantCredential: (_tenantId, assertion, httpClient) => ({
      async getToken() {
        presented.push(assertion);
        await httpClient.sendRequest(createPipelineRequest({ url: "https://login.example/" }));
        throw new Error("refused");
      },
    }),
    httpClient: upstream,
    clock,
    random: () => 0,
  });
});

test("asks for the identity's successor after a refused exchange, and presents the held one meanwhile", async () => {
  await refused();
  expect(identityCalls).toBe(1);
  const successor = Promise.withResolvers<AccessToken>();
  identity = () => successor.promise;
  await clock.advance(500);
  expect(identityCalls).toBe(2);
  expect(presented).toEqual(["identity 1", "identity 1"]);
  successor.resolve(await identityToken());
  await clock.advance(0);
  await clock.advance(1_000);
  await refused();
  expect(presented.slice(2)).toEqual(["identity 2"]);
});

test("asks for the identity's successor once in five minutes, however often the exchange is refused", async () => {
  for (let seconds = 0; seconds < 300; seconds += 10) {
    await refused();
    await clock.advance(10_000);
  }
  expect(presented.length).toBeGreaterThan(10);
  expect(identityCalls).toBe(2);
  for (let seconds = 0; seconds < 60; seconds += 10) {
    await refused();
    await clock.advance(10_000);
  }
  expect(identityCalls).toBe(3);
});

test("does not doubt the identity's token when the exchange was only disturbed", async () => {
  upstream.login = "reset";
  for (let seconds = 0; seconds < 60; seconds += 10) {
    await refused();
    await clock.advance(10_000);
  }
  expect(identityCalls).toBe(1);
});

async function refused(): Promise<void> {
  const asked = tokens.credential("tenant").getToken(scope);
  await expect(clock.passUntil(asked)).rejects.toMatchObject({ hop: "token exchange" });
}

/** Each outlives the one before. */
function identityToken(): Promise<AccessToken> {
  const life = 86_400_000 + identityCalls * 60_000;
  return Promise.resolve({
    token: `identity ${identityCalls}`,
    expiresOnTimestamp: clock.now() + life,
  });
}
