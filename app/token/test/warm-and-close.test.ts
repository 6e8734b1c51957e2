import type { AccessToken, TokenCredential } from "@azure/core-auth";
import { beforeEach, expect, test } from "vitest";
import { createCrossTenantTokens, type CrossTenantTokens } from "../src/cross-tenant-tokens.ts";
import type { AbortSignalLike } from "../src/until-aborted.ts";
import { ManualClock } from "./manual-clock.ts";
import { FakeUpstream } from "./fake-upstream.ts";

const scope = "https://storage.azure.com/.default";
const tenants = Array.from({ length: 20 }, (_, index) => `tenant-${index}`);
let clock: ManualClock;
let tokens: CrossTenantTokens;
let exchange: (tenantId: string) => Promise<AccessToken>;
let identity: TokenCredential["getToken"];
let exchanges: string[];

beforeEach(() => {
  clock = new ManualClock();
  exchanges = [];
  exchange = identity = () => token();
  tokens = createCrossTenantTokens({
    identityCredential: () => ({ getToken: (...args) => identity(...args) }),
    identityScope: "api://AzureADTokenExchange/.default",
    tenantCredential: (tenantId) => ({
      getToken() {
        exchanges.push(tenantId);
        return exchange(tenantId);
      },
    }),
    httpClient: new FakeUpstream(),
    clock,
    random: () => 0,
  });
});

test("warms eight tenants at a time", async () => {
  const answers = Promise.withResolvers<AccessToken>();
  exchange = () => answers.promise;
  const warming = tokens.warm(tenants, scope);
  await clock.advance(0);
  expect(exchanges).toEqual(tenants.slice(0, 8));
  answers.resolve(await token());
  await warming;
  expect(exchanges).toEqual(tenants);
});

test("warms all other tenants when some fail and some hang, and does not reject", async () => {
  exchange = (tenantId) => {
    if (tenantId === "tenant-3") return Promise.reject(new Error("refused"));
    return tenantId === "tenant-5" ? new Promise(() => undefined) : token();
  };
  await expect(clock.passUntil(tokens.warm(tenants, scope))).resolves.toBeUndefined();
  const cold = tenants.filter((id) => tokens.state(id, scope).token === undefined);
  expect(cold).toEqual(["tenant-3", "tenant-5"]);
  expect(tokens.state("tenant-3", scope).lastAttempt?.error?.message).toBe("refused");
});

test("a tenant that hangs does not keep the others waiting", async () => {
  exchange = (id) => (id === "tenant-0" ? new Promise(() => undefined) : token());
  const warming = tokens.warm(tenants, scope);
  await clock.advance(0);
  for (const id of tenants.slice(1)) expect(tokens.state(id, scope).token).toBeDefined();
  await clock.passUntil(warming);
});

test("asks for nothing more after it was closed while it warms, and leaves no timer", async () => {
  exchange = () => new Promise(() => undefined);
  const warming = tokens.warm(tenants, scope);
  await clock.advance(0);
  tokens.close();
  await warming;
  expect(exchanges).toHaveLength(8);
  expect([clock.timers, clock.backgroundTimers]).toEqual([0, 0]);
});

test("refuses every caller after it was closed with an AbortError, also one whose token it holds", async () => {
  await tokens.credential("tenant-0").getToken(scope);
  tokens.close();
  for (const id of ["tenant-0", "tenant-1"]) {
    await expect(tokens.credential(id).getToken(scope)).rejects.toMatchObject({
      name: "AbortError",
      message: "the tokens are closed",
    });
  }
  expect(exchanges).toEqual(["tenant-0"]);
  expect([clock.timers, clock.backgroundTimers]).toEqual([0, 0]);
});

test("cancels the request for the identity's token when it is closed", async () => {
  let asked: AbortSignalLike | undefined;
  identity = (_scopes, options) => {
    asked = options?.abortSignal;
    return new Promise(() => undefined);
  };
  const waiting = tokens.credential("tenant-0").getToken(scope);
  await clock.advance(0);
  expect(asked?.aborted).toBe(false);
  tokens.close();
  await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
  expect(asked?.aborted).toBe(true);
  expect([clock.timers, clock.backgroundTimers]).toEqual([0, 0]);
});

function token(): Promise<AccessToken> {
  return Promise.resolve({ token: "token", expiresOnTimestamp: clock.now() + 3_600_000 });
}
