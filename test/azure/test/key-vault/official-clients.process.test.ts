import { readFile } from "node:fs/promises";
import { Agent } from "node:https";
import { setDefaultCACertificates } from "node:tls";
import { KeyVaultManagementClient } from "@azure/arm-keyvault";
import { ResourceManagementClient } from "@azure/arm-resources";
import { ClientAssertionCredential } from "@azure/identity";
import { SecretClient } from "@azure/keyvault-secrets";
import { describe, expect, it } from "vitest";
import type { LocalAzure } from "../../src/local-azure/local-azure.ts";
import { defaultSeed } from "../../src/local-azure/seed/default-seed.ts";
import type { SeedTenant } from "../../src/local-azure/seed/seed.ts";
import { httpsRequest } from "../app-service/https-client.ts";
import { sharedLocalAzure } from "../tenants/shared-local-azure.ts";

// Microsoft's own clients against the whole local Azure over HTTPS, signing in through the local Entra.
// What this cannot prove: that Azure itself answers so.

const contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";
const secretsOfficer = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7";
const options = { disableChallengeResourceVerification: true };
let azure: LocalAzure;
let ca: string;
let vaultUri: string;

sharedLocalAzure.beforeAll(async ({ azure: shared }) => {
  azure = shared;
  ca = await readFile(azure.caFile, "utf8");
  setDefaultCACertificates([ca]);
  for (const tenant of defaultSeed.tenants) assign(tenant, secretsOfficer);
  assign(tenantAt(0), contributor);
  vaultUri = await createVault(tenantAt(0), "kv-home");
});

describe("@azure/keyvault-secrets", () => {
  it("refuses a vault's own listener unless its documented switch is set", async () => {
    const client = new SecretClient(vaultUri, signIn(tenantAt(0)));
    await expect(client.getSecret("one")).rejects.toThrow(
      "The challenge resource 'vault.azure.net' does not match the requested domain.",
    );
  });

  it("refuses a credential of another tenant, which learns the vault's from the challenge", async () => {
    const client = new SecretClient(vaultUri, signIn(tenantAt(1)), options);
    await expect(client.getSecret("one")).rejects.toThrow(
      `The current credential is not configured to acquire tokens for tenant ${tenantAt(0).tenantId}.`,
    );
  });

  it("refuses a token of another tenant", async () => {
    const credential = signIn(tenantAt(1));
    const deaf = { getToken: (scopes: string | string[]) => credential.getToken(scopes) };
    await expect(new SecretClient(vaultUri, deaf, options).getSecret("one")).rejects.toMatchObject({
      statusCode: 401,
      code: "Unauthorized",
      message: `AKV10032: Invalid issuer. Expected one of https://sts.windows.net/${tenantAt(0).tenantId}/, found https://sts.windows.net/${tenantAt(1).tenantId}/.`,
    });
  });

  it("refuses a secret that does not exist", async () => {
    const client = new SecretClient(vaultUri, signIn(tenantAt(0)), options);
    await expect(client.getSecret("none")).rejects.toMatchObject({
      statusCode: 404,
      code: "SecretNotFound",
    });
  });

  it("sets, reads, updates, lists, deletes, recovers and purges secrets", async () => {
    const client = new SecretClient(vaultUri, signIn(tenantAt(0)), options);
    const first = await client.setSecret("one", "1");
    const second = await client.setSecret("one", "2", { tags: { a: "b" } });
    expect((await client.getSecret("one")).value).toBe("2");
    const { version = "" } = first.properties;
    expect((await client.getSecret("one", { version })).value).toBe("1");
    const { version: latest = "" } = second.properties;
    const updated = await client.updateSecretProperties("one", latest, { contentType: "text" });
    expect(updated).toMatchObject({ contentType: "text", tags: { a: "b" }, name: "one" });
    const versions: unknown[] = [];
    for await (const item of client.listPropertiesOfSecretVersions("one"))
      versions.push(item.version);
    expect(versions.sort()).toEqual([version, latest].sort());

    const deleted = await (await client.beginDeleteSecret("one")).pollUntilDone();
    expect(deleted.recoveryId).toBe(`${vaultUri}deletedsecrets/one`);
    await (await client.beginRecoverDeletedSecret("one")).pollUntilDone();
    expect((await client.getSecret("one")).value).toBe("2");
    await (await client.beginDeleteSecret("one")).pollUntilDone();
    await client.purgeDeletedSecret("one");
    expect((await client.setSecret("one", "3")).value).toBe("3");
  });

  it("lists every secret, page by page", async () => {
    const client = new SecretClient(vaultUri, signIn(tenantAt(0)), options);
    const wanted = Array.from({ length: 30 }, (_, index) => `page-${index}`);
    for (const name of wanted) await client.setSecret(name, "x");
    const names: string[] = [];
    for await (const { name } of client.listPropertiesOfSecrets()) names.push(name);
    expect(names).toEqual(expect.arrayContaining(wanted));
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(["7.0", "7.6", "2025-07-01"] as const)("works with api-version %s", async (version) => {
    const settings = { ...options, serviceVersion: version };
    const client = new SecretClient(vaultUri, signIn(tenantAt(0)), settings);
    expect((await client.setSecret("versioned", "x")).value).toBe("x");
  });

  it("verifies the challenge of a vault's own host, where that resolves", async () => {
    const { port } = new URL(azure.endpoints.keyVault);
    const agent = new Agent({
      lookup: (_, { all }, answer) =>
        all ? answer(null, [{ address: "127.0.0.1", family: 4 }]) : answer(null, "127.0.0.1", 4),
    });
    const url = `https://kv-home.vault.localhost:${port}`;
    const client = new SecretClient(url, signIn(tenantAt(0)), { agent });
    const { properties } = await client.setSecret("by-host", "x");
    expect([properties.vaultUrl, properties.name]).toEqual([url, "by-host"]);
    agent.destroy();
  });
});

describe("@azure/arm-keyvault", () => {
  it("lists, updates, deletes, recovers and purges vaults", async () => {
    const tenant = tenantAt(0);
    const { vaults } = management(tenant);
    await createVault(tenant, "kv-other");
    const names: unknown[] = [];
    for await (const { name } of vaults.listByResourceGroup("rg")) names.push(name);
    expect(names).toEqual(["kv-home", "kv-other"]);
    expect((await vaults.update("rg", "kv-other", { tags: { a: "b" } })).tags).toEqual({ a: "b" });
    expect((await vaults.checkNameAvailability(nameOf("kv-other"))).nameAvailable).toBe(false);
    await vaults.delete("rg", "kv-other");
    await createVault(tenant, "kv-other", "recover");
    await vaults.delete("rg", "kv-other");
    const deleted = await vaults.getDeleted("kv-other", tenant.location);
    expect(deleted.properties?.purgeProtectionEnabled).toBe(false);
    await vaults.purgeDeleted("kv-other", tenant.location);
    expect((await vaults.checkNameAvailability(nameOf("kv-other"))).nameAvailable).toBe(true);
  });
});

function nameOf(name: string) {
  return { name, type: "Microsoft.KeyVault/vaults" } as const;
}

/** Creates or recovers a vault with Azure RBAC and returns its address. */
async function createVault(tenant: SeedTenant, name: string, createMode?: "recover") {
  const { tenantId, subscriptionId, location } = tenant;
  const endpoint = azure.endpoints.resourceManager;
  const groups = new ResourceManagementClient(signIn(tenant), subscriptionId, { endpoint });
  await groups.resourceGroups.createOrUpdate("rg", { location });
  const vault = await management(tenant).vaults.createOrUpdate("rg", name, {
    location,
    properties: {
      tenantId,
      sku: { family: "A", name: "standard" },
      enableRbacAuthorization: true,
      ...(createMode === undefined ? {} : { createMode }),
    },
  });
  return vault.properties.vaultUri ?? "";
}

function management(tenant: SeedTenant): KeyVaultManagementClient {
  const endpoint = azure.endpoints.resourceManager;
  return new KeyVaultManagementClient(signIn(tenant), tenant.subscriptionId, { endpoint });
}

/** A tenant's deployer, as a workflow signs it in: a GitHub token as client assertion. */
function signIn({ tenantId, deployer }: SeedTenant): ClientAssertionCredential {
  const { requestUrl, requestToken } = azure.connection.oidc;
  const assertion = async (): Promise<string> => {
    const headers = { authorization: `Bearer ${requestToken}` };
    const url = `${requestUrl}&audience=api://AzureADTokenExchange`;
    const { body } = await httpsRequest(url, ca, { headers });
    return (JSON.parse(body) as { value: string }).value;
  };
  return new ClientAssertionCredential(tenantId, deployer.clientId, assertion, {
    authorityHost: azure.connection.loginEndpoint,
    disableInstanceDiscovery: true,
  });
}

/** Gives a tenant's deployer a built-in role, by its GUID, at its subscription. */
function assign({ tenantId, subscriptionId, deployer }: SeedTenant, guid: string): void {
  const scope = `/subscriptions/${subscriptionId}`;
  const id = `${scope}/providers/Microsoft.Authorization/roleAssignments/${guid}`;
  azure.state.roleAssignments.set(id.toLowerCase(), {
    id,
    tenantId,
    scope,
    principalId: deployer.objectId,
    principalType: "ServicePrincipal",
    roleDefinitionGuid: guid,
  });
}

function tenantAt(index: number): SeedTenant {
  const tenant = defaultSeed.tenants[index];
  if (tenant === undefined) throw new Error(`the seed has no tenant ${index}`);
  return tenant;
}
