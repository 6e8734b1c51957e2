import { decodeJwt } from "jose";
import { describe, expect, it } from "vitest";
import { createAppService } from "../../../src/app-service/app-service.ts";
import { authorizePublish } from "../../../src/app-service/scm-authorization.ts";
import {
  issueApplicationToken,
  issueManagedIdentityToken,
} from "../../../src/entra/issue-token.ts";
import { createGraph } from "../../../src/graph/graph.ts";
import { createKeyVault } from "../../../src/key-vault/key-vault.ts";
import { RESOURCE, defaultSeed } from "../../../src/local-azure/seed/default-seed.ts";
import { createResourceManager } from "../../../src/resource-manager/resource-manager.ts";
import type { Azure } from "../../../src/service/azure.ts";
import { authenticateBlobRequest } from "../../../src/storage/access/storage-authentication.ts";
import { readBlobRequest } from "../../../src/storage/engine/blob-request.ts";
import { StorageError } from "../../../src/storage/engine/errors.ts";
import { createMetadata } from "../../../src/surroundings/cloud-metadata.ts";
import type { Resource } from "../../../src/world/resource-records.ts";
import { findApi } from "../../../src/world/tokens/apis.ts";
import { requestToken } from "../../entra/exchange-client.ts";
import { twoTenants, type TwoTenants } from "../../tenants/two-tenants.ts";

// Documents: "Access tokens, token lifetime", "Configurable token lifetimes", "Signing key rollover". Azure's validators may
// grant five minutes more; that is not documented for any of these services, so none is granted here.

/** A service as the holder of a token meets it: what the token is for, and the status that it gets. */
interface Verifier {
  readonly resource: string;
  readonly admitted: number;
  readonly ask: (azure: Azure, tenantId: string, authorization: string) => Promise<number>;
}

const verifiers: Record<string, Verifier> = {
  "Microsoft Graph": {
    resource: "https://graph.microsoft.com",
    admitted: 501,
    ask: async (azure, _, authorization) =>
      (await createGraph(azure).request("/v1.0/users", { headers: { authorization } })).status,
  },
  "Resource Manager": {
    resource: "https://management.azure.com",
    admitted: 200,
    ask: async (azure, _, authorization) => {
      const app = createResourceManager(
        azure,
        createAppService(azure, issueManagedIdentityToken),
        createKeyVault(azure),
        createMetadata(azure),
      );
      const path = "/subscriptions?api-version=2022-12-01";
      return (await app.request(path, { headers: { authorization } })).status;
    },
  },
  "Key Vault": {
    resource: "https://vault.azure.net",
    admitted: 403,
    ask: async (azure, tenantId, authorization) => {
      const { name } = plant(azure, tenantId, "Microsoft.KeyVault/vaults");
      const url = `https://${name}.vault.localhost:9007/secrets?api-version=7.6`;
      return (await createKeyVault(azure).app.request(url, { headers: { authorization } })).status;
    },
  },
  "an SCM site": {
    resource: "https://management.azure.com",
    admitted: 403,
    ask: async (azure, tenantId, authorization) => {
      const site = plant(azure, tenantId, "Microsoft.Web/sites");
      return (await authorizePublish(azure, site, authorization))?.status ?? 200;
    },
  },
  "Blob storage": {
    resource: "https://storage.azure.com",
    admitted: 200,
    ask: async (azure, tenantId, authorization) => {
      const account = plant(azure, tenantId, "Microsoft.Storage/storageAccounts");
      const headers = new Headers({ authorization, "x-ms-version": "2026-10-06" });
      const url = `${azure.endpoints.storage}/${account.name}`;
      const request = readBlobRequest({ method: "GET", url, headers }, "127.0.0.1");
      const answer = await authenticateBlobRequest(azure, "", account, request).catch(
        (error: unknown) => error,
      );
      return answer instanceof StorageError ? answer.status : 200;
    },
  },
};

const issuers = {
  "an application's": (world: TwoTenants, resource: string) => {
    const target = findApi(world.azure, resource);
    if (target === undefined) throw new Error(`no resource ${resource}`);
    return issueApplicationToken(world.azure, world.principal, target);
  },
  "a managed identity's": (world: TwoTenants, resource: string) =>
    issueManagedIdentityToken(world.azure, world.identity, resource),
};

describe.each(Object.entries(verifiers))("%s", (_, { resource, admitted, ask }) => {
  it.each(Object.entries(issuers))(
    "refuses %s token from the second of its expiry on, and not before",
    async (_issuer, issue) => {
      const world = await twoTenants();
      const { token } = await issue(world, resource);
      const { exp = 0, tid } = decodeJwt<{ tid: string }>(token);
      const status = () => ask(world.azure, tid, `Bearer ${token}`);
      world.clock.milliseconds = exp * 1000 - 1;
      expect(await status()).toBe(admitted);
      world.clock.milliseconds = exp * 1000;
      expect(await status()).toBe(401);
    },
  );

  it("refuses a token whose key was withdrawn, though it has not expired", async () => {
    const shared = await twoTenants();
    // A lifetime that outlives a replaced key.
    const tokenLifetimes = { managedIdentitySeconds: 50 * 3600, applicationSeconds: 50 * 3600 };
    const world = { ...shared, azure: { ...shared.azure, tokenLifetimes } };
    const { token } = await issuers["an application's"](world, resource);
    await world.azure.keys.roll(RESOURCE, world.clock.milliseconds);
    world.clock.milliseconds += 24 * 3_600_000 - 1;
    expect(await ask(world.azure, RESOURCE, `Bearer ${token}`)).toBe(admitted);
    world.clock.milliseconds += 1;
    expect(await ask(world.azure, RESOURCE, `Bearer ${token}`)).toBe(401);
    const { token: next } = await issuers["an application's"](world, resource);
    expect(await ask(world.azure, RESOURCE, `Bearer ${next}`)).toBe(admitted);
  });
});

describe("Microsoft Entra's token endpoint", () => {
  it("refuses a managed identity's token as an assertion from the second of its expiry on", async () => {
    const world = await twoTenants();
    const issued = await issueManagedIdentityToken(
      world.azure,
      world.identity,
      "api://AzureADTokenExchange",
    );
    const status = async () =>
      (await requestToken(world, { client_assertion: issued.token })).status;
    world.clock.milliseconds = issued.expiresOn * 1000 - 1;
    expect(await status()).toBe(200);
    world.clock.milliseconds = issued.expiresOn * 1000;
    expect(await status()).toBe(401);
  });
});

describe("lifetimes", () => {
  it("are 24 hours for managed identities, and random between 60 and 90 minutes for applications", async () => {
    const world = await twoTenants();
    const now = world.clock.milliseconds / 1000;
    const lives = async (issue: (typeof issuers)["an application's"]) =>
      new Set(
        await Promise.all(
          Array.from({ length: 20 }, async () => {
            const { token } = await issue(world, "https://storage.azure.com");
            return (decodeJwt(token).exp ?? 0) - now;
          }),
        ),
      );
    expect([...(await lives(issuers["a managed identity's"]))]).toEqual([24 * 3600]);
    const random = [...(await lives(issuers["an application's"]))];
    expect(Math.min(...random)).toBeGreaterThanOrEqual(3600);
    expect(Math.max(...random)).toBeLessThanOrEqual(5400);
    expect(random.length).toBeGreaterThan(1);
  });

  it("are those that the start asked for", async () => {
    const { azure, clock, identity, principal } = await twoTenants();
    const tokenLifetimes = { managedIdentitySeconds: 90, applicationSeconds: 60 };
    const shortLived = { ...azure, tokenLifetimes };
    const now = clock.milliseconds / 1000;
    const target = { name: "storage", audience: "https://storage.azure.com" } as const;
    const issued = [
      await issueManagedIdentityToken(shortLived, identity, "api://AzureADTokenExchange"),
      await issueApplicationToken(shortLived, principal, target),
    ];
    expect(issued.map(({ expiresOn }) => expiresOn - now)).toEqual([90, 60]);
    expect(issued.map(({ token }) => (decodeJwt(token).exp ?? 0) - now)).toEqual([90, 60]);
  });
});

/** A resource of a tenant; no role of anybody's is at it. */
function plant({ state }: Azure, tenantId: string, type: string): Resource {
  const tenant = defaultSeed.tenants.find((each) => each.tenantId === tenantId);
  if (tenant === undefined) throw new Error(`no tenant ${tenantId}`);
  const { subscriptionId } = tenant;
  const id = `/subscriptions/${subscriptionId}/resourceGroups/rg/providers/${type}/planted`;
  const resource = { id, name: "planted", type, tenantId, subscriptionId, properties: {} };
  state.resources.set(id.toLowerCase(), resource);
  return resource;
}
