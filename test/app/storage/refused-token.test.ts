import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { TokenError } from "cross-tenant-tokens";
import { ContainerClients } from "../../../app/storage/container-clients.ts";
import type { TargetStore } from "../../../app/target-store.ts";
import { challenge, created, hello, openStore, refusal, StubStorage } from "./stub-storage.ts";
import { StubTokens } from "./stub-tokens.ts";

const ownTenant = "00000000-0000-4000-8000-000000000001";
const otherTenant = "99999999-0000-4000-8000-00000000000F";
const { signal } = new AbortController();

let storage: StubStorage;
let tokens: StubTokens;
let store: TargetStore;

beforeEach(async () => {
  storage = new StubStorage();
  await storage.listen();
  tokens = new StubTokens();
  store = openStore(storage.target(), tokens);
});
afterEach(() => storage.close());

const operations: [string, () => Promise<unknown>][] = [
  ["list", () => store.list(1, undefined, signal)],
  ["read", () => store.read("a", signal)],
  ["upload", () => store.write("a", Readable.from([Buffer.from("x")]), "text/plain", {}, signal)],
  ["removal", () => store.remove("a", {}, signal)],
];

describe("a storage account of another tenant", () => {
  const foreign = refusal(
    401,
    "InvalidAuthenticationInfo",
    challenge(otherTenant),
    "Issuer validation failed. Issuer did not match.",
  );

  test.each(operations)("refuses a %s at once, naming both tenants", async (_, operation) => {
    storage.answers = [foreign];
    const { blobEndpoint } = storage.target();
    await expect(operation()).rejects.toMatchObject({
      status: 502,
      code: "ERR_STORAGE_REFUSED",
      message:
        `storage: ${blobEndpoint} belongs to tenant ${otherTenant.toLowerCase()}, but the ` +
        `configuration of target "invoices" says tenant ${ownTenant} ("contoso"); correct that ` +
        `tenant's tenantId or the target's blobEndpoint`,
      details: {
        hop: "storage",
        upstreamStatus: 401,
        azureCode: "InvalidAuthenticationInfo",
        authenticationDetail: "Issuer validation failed. Issuer did not match.",
        storageTenantId: otherTenant.toLowerCase(),
      },
    });
    expect(storage.requests).toHaveLength(1);
  });

  test("keeps the tenant's token, which other accounts take, and asks for no other", async () => {
    storage.answers = [foreign];
    await store.read("a", signal).catch(() => undefined);
    expect(tokens.rejected).toEqual([]);
    expect(tokens.calls).toHaveLength(1);
  });
});

describe("a token whose service principal has no role", () => {
  const mismatch = refusal(403, "AuthorizationPermissionMismatch");

  test.each(operations)(
    "is replaced once for a %s, and tried again at once",
    async (_, operation) => {
      storage.answers = [mismatch, hello];
      await operation().catch(() => undefined);
      const [first, second] = storage.requests.map((line) => line.split(" ").at(-1));
      expect([first, second]).toEqual(["canary-1", "canary-2"]);
      expect(tokens.rejected).toEqual(["canary-1"]);
    },
  );

  test("is not sent again while another is not to be had", async () => {
    storage.answers = [mismatch];
    tokens.isDoubtful = true;
    await expect(store.remove("a", {}, signal)).rejects.toMatchObject({
      code: "ERR_STORAGE_REFUSED",
      details: { upstreamStatus: 403, azureCode: "AuthorizationPermissionMismatch" },
    });
    expect(storage.requests).toHaveLength(1);
  });

  test("is kept when the network's rules refuse", async () => {
    storage.answers = [refusal(403, "AuthorizationFailure")];
    await expect(store.remove("a", {}, signal)).rejects.toMatchObject({
      details: { azureCode: "AuthorizationFailure" },
    });
    expect([storage.requests.length, tokens.rejected]).toEqual([1, []]);
  });
});

describe("a token that storage refuses", () => {
  const expired = "Lifetime validation failed. The token is expired.";

  test.each([
    ["names its own tenant", challenge(ownTenant)],
    ["names its own tenant in capitals", challenge(ownTenant.toUpperCase())],
    ["names no tenant", challenge("common")],
    ["names no address", { "www-authenticate": "Bearer" }],
    ["sends no challenge", {}],
  ])("is replaced once when storage %s", async (_, headers) => {
    storage.answers = [refusal(401, "InvalidAuthenticationInfo", headers), hello];
    const content = await store.read("a", signal);
    content.body.destroy();
    expect(storage.requests.map((line) => line.split(" ").at(-1))).toEqual([
      "canary-1",
      "canary-2",
    ]);
    expect(tokens.rejected).toEqual(["canary-1"]);
  });

  test.each(operations)("refuses a %s when storage takes no second token", async (_, operation) => {
    storage.answers = [refusal(401, "InvalidAuthenticationInfo", challenge(ownTenant), expired)];
    const { blobEndpoint } = storage.target();
    const error: unknown = await operation().catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      status: 502,
      code: "ERR_STORAGE_REFUSED",
      message: `storage: ${blobEndpoint} refused with 401 InvalidAuthenticationInfo`,
      details: {
        hop: "storage",
        upstreamStatus: 401,
        azureCode: "InvalidAuthenticationInfo",
        authenticationDetail: expired,
      },
    });
    expect(JSON.stringify(error)).not.toContain("canary");
    expect(storage.requests).toHaveLength(2);
    expect(tokens.rejected).toEqual(["canary-1"]);
  });

  test("refuses with the token's error when no other token can be had", async () => {
    storage.answers = [refusal(401, "InvalidAuthenticationInfo", challenge(ownTenant))];
    const down = new TokenError("token exchange", "ERR_UPSTREAM_UNAVAILABLE", "answered 503");
    tokens.before = () => (tokens.rejected.length === 0 ? Promise.resolve() : Promise.reject(down));
    await expect(store.remove("a", {}, signal)).rejects.toBe(down);
    expect(storage.requests).toHaveLength(1);
  });

  test("sends a block again as it was", async () => {
    storage.answers = [refusal(401, "InvalidAuthenticationInfo", challenge(ownTenant)), created];
    await store.write("a", Readable.from([Buffer.from("hello")]), "text/plain", {}, signal);
    expect(storage.bodies.slice(0, 2)).toEqual([5, 5]);
    expect(storage.requests).toHaveLength(3);
  });

  test("refuses to send a body again that can be read only once", async () => {
    storage.answers = [refusal(401, "InvalidAuthenticationInfo", challenge(ownTenant)), created];
    const container = new ContainerClients(() => tokens).open(storage.target());
    const body = Readable.from([Buffer.from("hello")]);
    await expect(container.getBlockBlobClient("a").upload(body, 5)).rejects.toMatchObject({
      statusCode: 401,
      code: "InvalidAuthenticationInfo",
    });
    expect(storage.requests).toHaveLength(1);
    expect(tokens.rejected).toEqual(["canary-1"]);
  });
});
