import * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { record, type Registered, type SignIns } from "./support/record.ts";

const HOME = "6b6b1c1e-5f0a-4c5b-9d0e-2b7a4a1f3c01";
const CONTOSO = "c4f1e8d2-7a36-49b0-8e5d-1f92b7c06a02";
const FABRIKAM = "d7a0b3c4-11e2-4f95-a6b8-0c9d8e7f6a03";
const OWNER = "2e7d9a61-0b3f-4f8c-a1d4-c95b6e03f801";
const SUBSCRIPTION = "51a9c7e3-d20f-46b8-9c14-e8370fd5b602";

const homeTenant = {
  tenantId: HOME,
  subscriptionId: "0d8f2a54-3c1b-4d7e-8a90-51c6f0b2e701",
  location: "westeurope",
  applicationOwners: [OWNER],
};
const contoso = {
  name: "contoso",
  tenantId: CONTOSO,
  subscriptionId: SUBSCRIPTION,
  location: "northeurope",
  targets: [{ name: "invoices" }],
};
const fabrikam = {
  name: "fabrikam",
  tenantId: FABRIKAM,
  targets: [
    { name: "archive", blobEndpoint: "https://fab.blob.core.windows.net/", container: "archive" },
  ],
};
const applicationClientId = "9f3c7b20-84d1-4e6a-b5c2-7d10a9e8f401";
const archive = {
  name: "archive",
  tenant: "fabrikam",
  tenantId: FABRIKAM,
  kind: "blob",
  blobEndpoint: "https://fab.blob.core.windows.net",
  container: "archive",
};
const invoices = {
  name: "invoices",
  tenant: "contoso",
  tenantId: CONTOSO,
  kind: "blob",
  blobEndpoint: "https://invoicesaccount.blob.core.windows.net",
  container: "invoices",
};

const signIns: SignIns = {
  tenantOf: (provider) => ({ "home-azure": HOME, "contoso-azure": CONTOSO })[provider] ?? "unknown",
  objectId: OWNER,
};

/** Signs in by the Azure CLI, unless `oidcUrl` says that a CI job runs the program. */
async function run(config: Record<string, unknown>, oidcUrl = "", answers = signIns) {
  vi.stubEnv("ACTIONS_ID_TOKEN_REQUEST_URL", oidcUrl);
  vi.stubEnv("ARM_METADATA_HOSTNAME", "");
  const { resources, outputs } = await record(config, answers);
  const find = (type: string, name: string): Partial<Registered> =>
    resources.find((r) => r.type.endsWith(`:${type}`) && r.name === name) ?? {};
  return { resources, outputs, find };
}

afterEach(() => vi.unstubAllEnvs());

describe("a stack with both sides", () => {
  let stack: Awaited<ReturnType<typeof run>>;
  beforeAll(async () => {
    stack = await run({
      homeTenant,
      // Not in the order of their names, in which the site gets them.
      resourceTenants: [contoso, fabrikam],
      allowedClientAddresses: ["203.0.113.7/32"],
    });
  });

  it("puts every resource under its own tenant's provider", () => {
    const placed = stack.resources
      .filter(({ type }) => !type.startsWith("pulumi:providers"))
      .map(({ type, name, provider }) => `${provider} ${type.split(":").at(-1)} ${name}`)
      .sort();
    expect(placed).toEqual([
      " AppPackage site-package",
      "contoso-azure BlobContainer invoices",
      "contoso-azure BlobServiceProperties invoices",
      "contoso-azure ResourceGroup contoso",
      "contoso-azure RoleAssignment invoices",
      "contoso-azure StorageAccount invoices",
      "contoso-entra ServicePrincipal contoso",
      "home-azure AppServicePlan site-plan",
      "home-azure ResourceGroup home",
      "home-azure UserAssignedIdentity site-identity",
      "home-azure WebApp site",
      "home-azure WebAppApplicationSettings site-settings",
      "home-azure WebAppDiagnosticLogsConfiguration site-logs",
      "home-azure WebAppFtpAllowed site-ftp",
      "home-azure WebAppScmAllowed site-scm",
      "home-entra Application application",
      "home-entra ApplicationFederatedIdentityCredential site-identity-credential",
    ]);
  });

  it("protects what cannot be made again: application, identity, account and container", () => {
    const kept = stack.resources.filter((resource) => resource.protect);
    expect(kept.map(({ type }) => type.split(":").at(-1)).sort()).toEqual([
      "Application",
      "BlobContainer",
      "StorageAccount",
      "UserAssignedIdentity",
    ]);
  });

  it("makes an application without permission or secret, and trusts the identity alone", () => {
    expect(stack.find("Application", "application").inputs).toEqual({
      displayName: "cross-tenant-data dev",
      owners: [OWNER],
      signInAudience: "AzureADMultipleOrgs",
      preventDuplicateNames: false,
    });
    const type = "ApplicationFederatedIdentityCredential";
    expect(stack.find(type, "site-identity-credential").inputs).toEqual({
      applicationId: "application-id",
      displayName: "site-identity",
      issuer: `https://login.microsoftonline.com/${HOME}/v2.0`,
      subject: "identity-principal-id",
      audiences: ["api://AzureADTokenExchange"],
    });
    expect(stack.find("ServicePrincipal", "contoso").inputs).toEqual({
      clientId: "application-client-id",
      tags: ["WindowsAzureActiveDirectoryIntegratedApp"],
    });
  });

  it("closes the storage account to everything but Entra tokens, and the role to the container", () => {
    expect(stack.find("StorageAccount", "invoices").inputs).toEqual({
      resourceGroupName: "contoso-group",
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
      allowSharedKeyAccess: false,
      allowBlobPublicAccess: false,
      allowCrossTenantReplication: false,
      defaultToOAuthAuthentication: true,
      enableHttpsTrafficOnly: true,
      isLocalUserEnabled: false,
      minimumTlsVersion: "TLS1_2",
    });
    expect(stack.find("BlobContainer", "invoices").inputs?.["publicAccess"]).toBe("None");
    const softDelete = { enabled: true, days: 7 };
    expect(stack.find("BlobServiceProperties", "invoices").inputs).toMatchObject({
      deleteRetentionPolicy: softDelete,
      containerDeleteRetentionPolicy: softDelete,
    });
    expect(stack.find("RoleAssignment", "invoices").inputs).toEqual({
      scope: "invoices-id",
      principalId: "contoso-principal",
      principalType: "ServicePrincipal",
      roleDefinitionId: `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/ba92f5b4-2d11-453d-a403-e96b0029c9fe`,
    });
  });

  it("closes the site to whoever is not listed, and to everything but Entra tokens for publishing", () => {
    const { siteConfig, ...site } = stack.find("WebApp", "site").inputs ?? {};
    expect(site).toMatchObject({
      kind: "app,linux",
      httpsOnly: true,
      clientAffinityEnabled: false,
      sshEnabled: false,
      autoGeneratedDomainNameLabelScope: "TenantReuse",
      identity: { type: "UserAssigned", userAssignedIdentities: ["site-identity-id"] },
    });
    expect(siteConfig).toEqual({
      linuxFxVersion: "NODE|24-lts",
      appCommandLine: "node main.cjs",
      alwaysOn: true,
      ftpsState: "Disabled",
      healthCheckPath: "/healthz",
      http20Enabled: true,
      minTlsVersion: "1.2",
      scmMinTlsVersion: "1.2",
      remoteDebuggingEnabled: false,
      ipSecurityRestrictionsDefaultAction: "Deny",
      ipSecurityRestrictions: [
        { name: "client-1", priority: 100, action: "Allow", ipAddress: "203.0.113.7/32" },
      ],
      scmIpSecurityRestrictionsUseMain: false,
      scmIpSecurityRestrictionsDefaultAction: "Allow",
      // The SDK's defaults, which do not matter on Linux.
      localMySqlEnabled: false,
      netFrameworkVersion: "v4.6",
    });
    const closed = { name: "site", resourceGroupName: "home-group", allow: false };
    expect(stack.find("WebAppFtpAllowed", "site-ftp").inputs).toEqual(closed);
    expect(stack.find("WebAppScmAllowed", "site-scm").inputs).toEqual(closed);
  });

  it("keeps what the site prints for a week, so that a start that fails can be explained", () => {
    expect(stack.find("WebAppDiagnosticLogsConfiguration", "site-logs").inputs).toEqual({
      name: "site",
      resourceGroupName: "home-group",
      httpLogs: { fileSystem: { enabled: true, retentionInDays: 7, retentionInMb: 35 } },
    });
  });

  it("gives the site its outputs as settings, with the targets in the order of their names", () => {
    const { properties, ...place } =
      stack.find("WebAppApplicationSettings", "site-settings").inputs ?? {};
    expect(place).toEqual({ name: "site", resourceGroupName: "home-group" });
    const { TARGETS = "", ...settings } = properties as Record<string, string>;
    expect(settings).toEqual({
      APPLICATION_CLIENT_ID: "application-client-id",
      AUTHORITY_HOST: "https://login.microsoftonline.com",
      EXCHANGE_AUDIENCE: "api://AzureADTokenExchange",
      MANAGED_IDENTITY_CLIENT_ID: "identity-client-id",
      MANAGED_IDENTITY_ISSUER: `https://login.microsoftonline.com/${HOME}/v2.0`,
      MANAGED_IDENTITY_PRINCIPAL_ID: "identity-principal-id",
      SCM_DO_BUILD_DURING_DEPLOYMENT: "false",
      STORAGE_SUFFIX: "core.windows.net",
    });
    expect(JSON.parse(TARGETS)).toEqual([archive, invoices]);
    expect(stack.outputs).toEqual({
      applicationClientId: "application-client-id",
      managedIdentityClientId: "identity-client-id",
      managedIdentityPrincipalId: "identity-principal-id",
      managedIdentityIssuer: `https://login.microsoftonline.com/${HOME}/v2.0`,
      authorityHost: "https://login.microsoftonline.com",
      exchangeAudience: "api://AzureADTokenExchange",
      storageSuffix: "core.windows.net",
      siteUrl: "https://site.azurewebsites.net",
      targets: [archive, invoices],
    });
  });

  it("signs in by the Azure CLI, each tenant with a profile of its own where the shell names one", () => {
    expect(stack.find("azure-native", "contoso-azure")).toMatchObject({
      // The subscription alone: az refuses it together with a tenant.
      inputs: { environment: "public", subscriptionId: SUBSCRIPTION },
      envVarMappings: { AZURE_CONFIG_DIR_CONTOSO: "AZURE_CONFIG_DIR" },
    });
    const { tenantId, clientId, useOidc } = stack.find("azure-native", "home-azure").inputs ?? {};
    expect({ tenantId, clientId, useOidc }).toEqual({});
    expect(stack.find("azuread", "contoso-entra")).toMatchObject({
      inputs: { environment: "public", tenantId: CONTOSO },
      envVarMappings: { AZURE_CONFIG_DIR_CONTOSO: "AZURE_CONFIG_DIR" },
    });
    expect(stack.find("azuread", "home-entra").envVarMappings).toEqual({
      AZURE_CONFIG_DIR_HOME: "AZURE_CONFIG_DIR",
    });
  });
});

describe("a stack with one side", () => {
  it("makes the home side alone, with an external tenant as settings only, and nothing protected when told so", async () => {
    const config = { homeTenant, resourceTenants: [fabrikam], protect: false };
    const { resources, outputs } = await run(config);
    expect(new Set(resources.map(({ provider }) => provider))).toEqual(
      new Set(["", "home-azure", "home-entra"]),
    );
    expect(resources.filter((resource) => resource.protect)).toEqual([]);
    expect(outputs["targets"]).toEqual([archive]);
  });

  it("makes one customer's side alone, for a service principal its admin made", async () => {
    const servicePrincipalObjectId = "5b1f0c9e-6d7a-4e3b-8c2d-a1b2c3d4e5f6";
    const { resources, outputs, find } = await run({
      applicationClientId,
      resourceTenants: [{ ...contoso, servicePrincipalObjectId }],
    });
    const types = resources.map(({ type }) => type.split(":").at(-1)).sort();
    expect(types).toEqual([
      "BlobContainer",
      "BlobServiceProperties",
      "ResourceGroup",
      "RoleAssignment",
      "StorageAccount",
      "azure-native",
    ]);
    expect(find("RoleAssignment", "invoices").inputs?.["principalId"]).toBe(
      servicePrincipalObjectId,
    );
    expect(outputs).toMatchObject({ applicationClientId, siteUrl: undefined, targets: [invoices] });
  });

  it("signs in by OIDC in CI, with all of the tenant's ids and never by the Azure CLI", async () => {
    const deployerClientId = "e60b5d18-29c7-4a3f-87f1-30d4ce9a7502";
    const { find } = await run(
      { applicationClientId, resourceTenants: [{ ...contoso, deployerClientId }] },
      "https://localhost/oidc",
    );
    const shared = { tenantId: CONTOSO, clientId: deployerClientId, environment: "public" };
    const { inputs: azure, envVarMappings } = find("azure-native", "contoso-azure");
    expect(azure).toEqual({ ...shared, subscriptionId: SUBSCRIPTION, useOidc: "true" });
    expect(envVarMappings).toEqual({});
    expect(find("azuread", "contoso-entra").inputs).toEqual({
      ...shared,
      useOidc: "true",
      useCli: "false",
      useMsi: "false",
    });
  });
});

describe("before the first resource", () => {
  const config = { homeTenant, resourceTenants: [contoso] };

  it("refuses a sign-in for another tenant than the configured one", async () => {
    const swapped = { ...signIns, tenantOf: () => HOME };
    await expect(run(config, "", swapped)).rejects.toThrow(
      `contoso: the sign-in is for tenant "${HOME}", the configuration says "${CONTOSO}"; sign in to the configured tenant`,
    );
  });

  it("refuses a subscription that cannot be read", async () => {
    const unreadable = { ...signIns, unreadable: ["contoso-azure"] };
    await expect(run(config, "", unreadable)).rejects.toThrow(
      `contoso: cannot read subscription "${SUBSCRIPTION}" in tenant "${CONTOSO}"; check tenantId, subscriptionId and deployerClientId of contoso and its deployer's roles. Azure said: `,
    );
  });

  const stranger = { ...signIns, objectId: "3f8e0b72-1c40-4a9d-b2e5-da6c7f14a902" };
  const notOwner = `homeTenant.applicationOwners does not name the deployer, whose object id is "${stranger.objectId}"; add it: an application that its deployer does not own can get no credential from it, and only an admin can delete it`;

  it("refuses a deployer in CI that would not own the application", async () => {
    const deployerClientId = "9f3c7b20-84d1-4e6a-b5c2-7d10a9e8f401";
    const byOidc = {
      homeTenant: { ...homeTenant, deployerClientId },
      resourceTenants: [{ ...contoso, deployerClientId }],
    };
    const answers = { ...stranger, unreadable: ["contoso-azure"] };
    const running = run(byOidc, "https://localhost/oidc", answers);
    await expect(running).rejects.toThrow(`${notOwner}\ncontoso: cannot read subscription`);
  });

  it("warns a person who would not own the application, and takes any spelling of an owner's id", async () => {
    const warned = vi.spyOn(pulumi.log, "warn").mockResolvedValue();
    const config = { homeTenant, allowedClientAddresses: ["203.0.113.7/32"] };
    await run(config, "", stranger);
    expect(warned.mock.calls).toEqual([
      [`${notOwner}, unless you have a role such as Application Administrator`],
    ]);
    await run(config, "", { ...signIns, objectId: OWNER.toUpperCase() });
    expect(warned).toHaveBeenCalledTimes(1);
    warned.mockRestore();
  });
});

it("warns that nobody can open a site that lets no address in", async () => {
  const warned = vi.spyOn(pulumi.log, "warn").mockResolvedValue();
  await run({ homeTenant });
  expect(warned.mock.calls.map(([text]) => text)).toEqual([
    "allowedClientAddresses is empty, so nobody can open the site; add your address, such as 203.0.113.7/32",
  ]);
  warned.mockRestore();
});
