import { readFile } from "node:fs/promises";
import { setDefaultCACertificates } from "node:tls";
import { WebSiteManagementClient } from "@azure/arm-appservice";
import { AuthorizationManagementClient } from "@azure/arm-authorization";
import { ManagedServiceIdentityClient } from "@azure/arm-msi";
import { ResourceManagementClient } from "@azure/arm-resources";
import { StorageManagementClient } from "@azure/arm-storage";
import type { TokenCredential } from "@azure/core-auth";
import { BlobServiceClient } from "@azure/storage-blob";
import { expect, it } from "vitest";
import type { LocalAzure } from "../../src/local-azure/local-azure.ts";
import { defaultSeed } from "../../src/local-azure/seed/default-seed.ts";
import { httpsRequest } from "../app-service/https-client.ts";
import { sharedLocalAzure } from "../tenants/shared-local-azure.ts";

// Microsoft's own clients against the whole local Azure over HTTPS, with no more rights than the seeded deployers have.

let azure: LocalAzure;
let ca: string;
const api = () => ({ endpoint: azure.endpoints.resourceManager });
const [home, resource] = defaultSeed.tenants;

sharedLocalAzure.beforeAll(async ({ azure: shared }) => {
  azure = shared;
  ca = await readFile(azure.caFile, "utf8");
  setDefaultCACertificates([ca]);
});

it("serves the resource deployer from a resource group to a blob, and leaves nothing after its deletion", async () => {
  if (resource === undefined) throw new Error("no resource tenant");
  const { subscriptionId, location, tenantId, deployer } = resource;
  const credential = deployerCredential(tenantId, deployer.clientId);
  const resources = new ResourceManagementClient(credential, subscriptionId, api());
  const storage = new StorageManagementClient(credential, subscriptionId, api());
  const authorization = new AuthorizationManagementClient(credential, subscriptionId, {
    ...api(),
    credentialScopes: [`${azure.endpoints.resourceManager}/.default`],
  });

  await resources.resourceGroups.createOrUpdate("rg", { location });
  const account = await storage.storageAccounts.create("rg", "acctone", {
    location,
    kind: "StorageV2",
    sku: { name: "Standard_LRS" },
    allowSharedKeyAccess: false,
  });
  expect(account.primaryEndpoints?.blob).toBe(`${azure.endpoints.storage}/acctone/`);
  const deleteRetentionPolicy = { enabled: true, days: 7 };
  await storage.blobServices.setServiceProperties("rg", "acctone", { deleteRetentionPolicy });
  const container = await storage.blobContainers.create("rg", "acctone", "invoices", {});
  const role = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
  const definition = await authorization.roleDefinitions.get(
    `/subscriptions/${subscriptionId}`,
    role,
  );
  await authorization.roleAssignments.create(
    container.id ?? "",
    "99999999-9999-4999-8999-999999999999",
    {
      principalId: deployer.objectId,
      principalType: "ServicePrincipal",
      roleDefinitionId: definition.id ?? "",
    },
  );

  const blobs = new BlobServiceClient(
    `${azure.endpoints.storage}/acctone`,
    credential,
  ).getContainerClient("invoices");
  const content = Buffer.alloc(9 * 1024 * 1024, "0123456789");
  const options = { blockSize: 2 * 1024 * 1024, maxSingleShotSize: 1024 };
  await blobs.getBlockBlobClient("a b/ü.bin").uploadData(content, options);
  expect((await blobs.getBlobClient("a b/ü.bin").downloadToBuffer()).equals(content)).toBe(true);
  const names: string[] = [];
  for await (const { name } of blobs.listBlobsFlat()) names.push(name);
  expect(names).toEqual(["a b/ü.bin"]);

  await resources.resourceGroups.delete("rg");
  await expect(blobs.getBlobClient("a b/ü.bin").exists()).resolves.toBe(false);
  expect([...azure.state.resources.keys()]).toEqual([]);
});

it("serves the home deployer from an identity to a site, and leaves nothing after its deletion", async () => {
  if (home === undefined) throw new Error("no home tenant");
  const { subscriptionId, location, tenantId, deployer } = home;
  const credential = deployerCredential(tenantId, deployer.clientId);
  const resources = new ResourceManagementClient(credential, subscriptionId, api());
  const web = new WebSiteManagementClient(credential, subscriptionId, api());
  const identities = new ManagedServiceIdentityClient(credential, subscriptionId, {
    ...api(),
    credentialScopes: [`${azure.endpoints.resourceManager}/.default`],
  });
  const principals = azure.state.servicePrincipals.size;

  await resources.resourceGroups.createOrUpdate("rg", { location });
  const identity = await identities.userAssignedIdentities.createOrUpdate("rg", "site", {
    location,
  });
  const plan = await web.appServicePlans.createOrUpdate("rg", "plan", {
    location,
    kind: "linux",
    reserved: true,
    sku: { name: "B1", tier: "Basic" },
  });
  const site = await web.webApps.createOrUpdate("rg", "site", {
    location,
    kind: "app,linux",
    serverFarmId: plan.id ?? "",
    httpsOnly: true,
    identity: { type: "UserAssigned", userAssignedIdentities: { [identity.id ?? ""]: {} } },
    siteConfig: { appSettings: [{ name: "ONE", value: "1" }], linuxFxVersion: "NODE|24-lts" },
  });
  expect(site.hostNameSslStates?.map(({ hostType }) => hostType)).toEqual([
    "Standard",
    "Repository",
  ]);
  expect(Object.values(site.identity?.userAssignedIdentities ?? {})).toEqual([
    { principalId: identity.principalId, clientId: identity.clientId },
  ]);
  await web.webApps.updateScmAllowed("rg", "site", { allow: false });
  expect((await web.webApps.getScmAllowed("rg", "site")).allow).toBe(false);
  const settings = await web.webApps.listApplicationSettings("rg", "site");
  expect(settings.properties).toEqual({ ONE: "1" });
  await expect(web.webApps.get("rg", "none")).rejects.toMatchObject({
    statusCode: 404,
    code: "ResourceNotFound",
  });

  await resources.resourceGroups.delete("rg");
  expect([...azure.state.resources.keys()]).toEqual([]);
  expect(azure.state.servicePrincipals.size).toBe(principals);
});

it("answers what clients read around the resources, to a reader", async () => {
  if (resource === undefined) throw new Error("no resource tenant");
  const { subscriptionId, location, tenantId, deployer } = resource;
  const credential = deployerCredential(tenantId, deployer.clientId);
  const scope = `/subscriptions/${subscriptionId}`;
  azure.state.roleAssignments.set("reader", {
    id: `${scope}/providers/Microsoft.Authorization/roleAssignments/reader`,
    tenantId,
    scope,
    principalId: deployer.objectId,
    principalType: "ServicePrincipal",
    roleDefinitionGuid: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  });
  const resources = new ResourceManagementClient(credential, subscriptionId, api());
  const storage = new StorageManagementClient(credential, subscriptionId, api());
  const authorization = new AuthorizationManagementClient(credential, subscriptionId, {
    ...api(),
    credentialScopes: [`${azure.endpoints.resourceManager}/.default`],
  });
  for (const name of ["one", "two", "three"])
    await resources.resourceGroups.createOrUpdate(name, { location, tags: { stage: name } });
  const sku = { name: "Standard_LRS" };
  await storage.storageAccounts.create("two", "around", { location, kind: "StorageV2", sku });

  const { resourceGroups } = resources;
  expect(await named(resourceGroups.list({ top: 1 }))).toEqual(["one", "three", "two"]);
  const filter = "tagName eq 'stage' and tagValue eq 'two'";
  expect(await named(resourceGroups.list({ filter }))).toEqual(["two"]);
  expect(await resourceGroups.checkExistence("two")).toMatchObject({ body: true });
  expect(await named(resources.resources.list())).toEqual(["around"]);
  const provider = await resources.providers.get("Microsoft.Storage");
  expect(provider.registrationState).toBe("Registered");
  const byRole = { filter: "roleName eq 'Reader'" };
  expect(await named(authorization.roleDefinitions.list(scope, byRole))).toHaveLength(1);
  const byPrincipal = { filter: `assignedTo('${deployer.objectId}')` };
  const held = authorization.roleAssignments.listForScope(scope, byPrincipal);
  expect(await named(held)).toHaveLength(2);
  await expect(resourceGroups.createOrUpdate("four", { location: "mars" })).rejects.toMatchObject({
    code: "LocationNotAvailableForResourceGroup",
  });
  await Promise.all(["one", "two", "three"].map((name) => resources.resourceGroups.delete(name)));
});

const named = async (list: AsyncIterable<{ name?: string }>) => {
  const names = [];
  for await (const { name } of list) names.push(name);
  return names;
};

/** Signs a deployer in as a workflow does: a GitHub token as client assertion, for whatever scope a client asks. */
function deployerCredential(tenantId: string, clientId: string): TokenCredential {
  return {
    getToken: async (scopes) => {
      const { requestUrl, requestToken } = azure.connection.oidc;
      const assertion = await httpsRequest(
        `${requestUrl}&audience=api://AzureADTokenExchange`,
        ca,
        {
          headers: { authorization: `Bearer ${requestToken}` },
        },
      );
      const form = new URLSearchParams({
        grant_type: "client_credentials",
        client_id: clientId,
        scope: [scopes].flat().join(" "),
        client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        client_assertion: (JSON.parse(assertion.body) as { value: string }).value,
      });
      const url = `${azure.connection.loginEndpoint}/${tenantId}/oauth2/v2.0/token`;
      const answer = await httpsRequest(url, ca, {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: form.toString(),
      });
      expect(answer.status, answer.body).toBe(200);
      const { access_token: token, expires_in } = JSON.parse(answer.body) as {
        access_token: string;
        expires_in: number;
      };
      return { token, expiresOnTimestamp: Date.now() + expires_in * 1000 };
    },
  };
}
