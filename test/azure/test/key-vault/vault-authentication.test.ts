import { decodeJwt, decodeProtectedHeader } from "jose";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mint } from "../entra/exchange-client.ts";
import { VaultWorld } from "./vault-world.ts";

// Documents: Key Vault developer's guide, "Authentication, requests and responses", "REST API error codes".
// What this cannot prove: sockets and TLS, and the official client.

let world: VaultWorld;

beforeAll(async () => {
  world = await VaultWorld.start();
});

beforeEach(async () => {
  world = world.renew();
  await world.set("one");
});

describe("Key Vault, authentication", () => {
  const missing = "AKV10000: Request is missing a Bearer or PoP token.";

  it.each([
    ["without a token", "", missing],
    ["with another scheme", "SharedKey kv:c2ln", missing],
    ["with a token that is no JWT", "Bearer nonsense", /^\[BearerReadAccessTokenFailed\]/],
  ])("refuses a request %s, naming the vault's tenant", async (_, authorization, message) => {
    const answer = await world.send("GET", "/secrets/one", { authorization });
    expect([answer.status, answer.error]).toEqual([
      401,
      {
        code: "Unauthorized",
        message: typeof message === "string" ? message : expect.stringMatching(message),
      },
    ]);
    expect(answer.headers.get("www-authenticate")).toBe(challenge("https://vault.localhost:9007"));
  });

  it("refuses a token of another tenant, naming both", async () => {
    const stranger = world.tenants.principal(world.tenants.other);
    world.tenants.grant(stranger, "Key Vault Secrets Officer", world.vault.id);
    const answer = await world.send("GET", "/secrets/one", { principal: stranger });
    expect([answer.status, answer.error]).toEqual([
      401,
      {
        code: "Unauthorized",
        message: `AKV10032: Invalid issuer. Expected one of https://sts.windows.net/${world.vault.tenantId}/, found https://sts.windows.net/${stranger.tenantId}/.`,
      },
    ]);
    expect(answer.headers.get("www-authenticate")).toContain(`/${world.vault.tenantId}"`);
  });

  it("refuses a token of an unknown tenant, naming its issuer", async () => {
    const iss = "https://sts.windows.net/33333333-3333-4333-8333-333333333333/";
    const answer = await world.send("GET", "/secrets/one", {
      authorization: await altered({ iss }),
    });
    expect([answer.status, answer.error.message]).toEqual([
      401,
      `AKV10032: Invalid issuer. Expected one of https://sts.windows.net/${world.vault.tenantId}/, found ${iss}.`,
    ]);
  });

  it("refuses a token for another resource", async () => {
    const authorization = await world.tenants.bearer(world.officer, "resource-manager");
    world.clock.milliseconds = Date.now();
    const answer = await world.send("GET", "/secrets/one", { authorization });
    expect([answer.status, answer.error]).toEqual([
      401,
      {
        code: "Unauthorized",
        message:
          "AKV10022: Invalid audience. Expected https://vault.azure.net, found: https://management.azure.com/.",
      },
    ]);
  });

  it("refuses an expired token", async () => {
    const authorization = await world.bearer(world.officer);
    world.clock.milliseconds += 2 * 3_600_000;
    const answer = await world.send("GET", "/secrets/one", { authorization });
    expect([answer.status, answer.error.message]).toEqual([
      401,
      "[TokenExpired] Error validating token: 'S2S12086'.",
    ]);
  });

  it("refuses a token that another tenant's key signed", async () => {
    const answer = await world.send("GET", "/secrets/one", {
      authorization: await altered({}, world.tenants.other.tenantId),
    });
    expect([answer.status, answer.error.message]).toEqual([
      401,
      "AKV10046: Unable to resolve the key used for signature validation.",
    ]);
  });

  it.each([
    "https://vault.azure.net",
    "https://vault.azure.net/",
    "cfa8b339-82a2-471a-a3c9-0fc0be7a4093",
    "https://vault.localhost:9007",
  ])("takes a token for %s", async (audience) => {
    const authorization = await world.bearer(world.officer, audience);
    expect((await world.send("GET", "/secrets/one", { authorization })).status).toBe(200);
  });
});

function challenge(resource: string): string {
  return `Bearer authorization="https://localhost:9001/${world.vault.tenantId}", resource="${resource}"`;
}

/** The officer's token with other claims, signed with the named tenant's key under the right key's name. */
async function altered(claims: object, signer = world.vault.tenantId): Promise<string> {
  const token = (await world.bearer(world.officer)).slice("Bearer ".length);
  const { kid } = decodeProtectedHeader(token);
  return `Bearer ${await mint(world.azure, signer, { ...decodeJwt(token), ...claims }, kid)}`;
}
