import { request } from "node:https";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type HttpsService, startHttpsService } from "../../src/http/https-service.ts";
import { createKeyVault, type KeyVault } from "../../src/key-vault/key-vault.ts";
import { httpsRequest } from "../app-service/https-client.ts";
import { VaultWorld } from "./vault-world.ts";

// Documents: "Guidance for vault URI" (aka.ms/azsdk/blog/vault-uri). What this cannot prove: that *.localhost resolves.

let world: VaultWorld;
let keyVault: KeyVault;
let shared: HttpsService;
let ca: string;

beforeAll(async () => {
  world = await VaultWorld.start();
  ({ ca } = world.azure.certificate);
  keyVault = createKeyVault(world.azure);
  shared = await startHttpsService(keyVault.app, world.azure.certificate);
  await world.set("one");
});

afterAll(async () => {
  await keyVault.reset();
  await shared.close();
});

it("answers a vault's own host over TLS, with a challenge whose resource is above that host", async () => {
  const host = `${world.vault.name}.vault.localhost`;
  const { status, challenge } = await askByHost(host);
  expect([status, challenge]).toEqual([
    401,
    `Bearer authorization="https://localhost:9001/${world.vault.tenantId}", resource="https://vault.localhost:9007"`,
  ]);
});

it("names a secret by the address it was asked at", async () => {
  const origin = await keyVault.open(world.vault.name);
  const authorization = await world.bearer(world.officer);
  const answer = await httpsRequest(`${origin}/secrets/one?api-version=7.6`, ca, {
    headers: { authorization, "x-ms-client-request-id": "client's own" },
  });
  expect([answer.status, JSON.parse(answer.body)]).toEqual([
    200,
    expect.objectContaining({ id: expect.stringMatching(`^${origin}/secrets/one/[0-9a-f]{32}$`) }),
  ]);
  expect(answer.headers).toMatchObject({
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-cache",
    "x-ms-keyvault-region": "westeurope",
    "x-ms-client-request-id": "client's own",
  });
});

it("opens one listener for a vault, however often and in whatever case it is asked", async () => {
  const { name } = world.vault;
  const origins = await Promise.all([
    keyVault.open(name),
    keyVault.open(name.toUpperCase()),
    keyVault.open(name),
  ]);
  expect(new Set(origins).size).toBe(1);
});

it("closes every vault's listener on reset", async () => {
  const origin = await keyVault.open(world.vault.name);
  await keyVault.reset();
  await expect(httpsRequest(origin, ca)).rejects.toThrow();
});

/** Asks the shared listener for a host that this machine may not resolve, verifying the certificate for that host. */
async function askByHost(host: string): Promise<{ status: number; challenge: unknown }> {
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number;
    challenge: unknown;
  }>();
  const path = "/secrets/one?api-version=7.6";
  const headers = { host: `${host}:${shared.port}` };
  const to = { host: "127.0.0.1", port: shared.port, servername: host, ca, path, headers };
  request({ ...to, agent: false }, (response) => {
    const { statusCode: status = 0 } = response;
    const challenge = response.headers["www-authenticate"];
    void text(response).then(() => resolve({ status, challenge }));
  })
    .once("error", reject)
    .end();
  return promise;
}
