import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { record } from "./support/record.ts";

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

const azureOf = async (config: Record<string, unknown>) => {
  const { resources } = await record(config, tenantOf);
  return resources.find((r) => r.name === "contoso-azure")?.inputs;
};

const tenantOf = (provider: string) =>
  ({ "home-azure": HOME, "contoso-azure": CONTOSO })[provider] ?? "unknown";

beforeEach(() => {
  vi.stubEnv("ACTIONS_ID_TOKEN_REQUEST_URL", "");
  vi.stubEnv("ARM_METADATA_HOSTNAME", "");
});
afterEach(() => vi.unstubAllEnvs());

describe("a stack with both sides", () => {
  it("puts every resource under its own tenant's provider", async () => {
    const { resources } = await record({ homeTenant, resourceTenants: [contoso] }, tenantOf);
    const placed = resources
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
      "home-azure WebAppFtpAllowed site-ftp",
      "home-azure WebAppScmAllowed site-scm",
      "home-entra Application application",
      "home-entra ApplicationFederatedIdentityCredential site-identity-credential",
    ]);
  });

  it("makes an application without permission or secret, and trusts the identity alone", async () => {
    const { resources } = await record({ homeTenant, resourceTenants: [contoso] }, tenantOf);
    const inputs = (name: string) => resources.find((r) => r.name === name)?.inputs;
    expect(inputs("application")).toEqual({
      displayName: "cross-tenant-data dev",
      owners: [OWNER],
      signInAudience: "AzureADMultipleOrgs",
      preventDuplicateNames: false,
    });
    expect(inputs("site-identity-credential")).toEqual({
      applicationId: "application-id",
      displayName: "site-identity",
      issuer: `https://login.microsoftonline.com/${HOME}/v2.0`,
      subject: "identity-principal-id",
      audiences: ["api://AzureADTokenExchange"],
    });
  });

  it("closes the storage account to everything but Entra tokens, and the role to the container", async () => {
    const { resources } = await record({ homeTenant, resourceTenants: [contoso] }, tenantOf);
    const inputs = (type: string) =>
      resources.find((r) => r.type.endsWith(`:${type}`))?.inputs ?? {};
    expect(inputs("StorageAccount")).toEqual({
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
    expect(inputs("BlobContainer")["publicAccess"]).toBe("None");
    const softDelete = { enabled: true, days: 7 };
    expect(inputs("BlobServiceProperties")).toMatchObject({
      deleteRetentionPolicy: softDelete,
      containerDeleteRetentionPolicy: softDelete,
    });
    expect(inputs("RoleAssignment")).toEqual({
      scope: "invoices-id",
      principalId: "contoso-principal",
      principalType: "ServicePrincipal",
      roleDefinitionId: `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/ba92f5b4-2d11-453d-a403-e96b0029c9fe`,
    });
  });

  it("gives the site its outputs as settings, and lets nobody in that is not listed", async () => {
    const { resources, outputs } = await record(
      { homeTenant, resourceTenants: [contoso], allowedClientAddresses: ["203.0.113.7/32"] },
      tenantOf,
    );
    const site = resources.find((r) => r.name === "site")?.inputs ?? {};
    const { identity, httpsOnly } = site;
    const siteConfig = site["siteConfig"] as Record<string, unknown>;
    expect({ identity, httpsOnly }).toEqual({
      httpsOnly: true,
      identity: { type: "UserAssigned", userAssignedIdentities: ["site-identity-id"] },
    });
    expect(siteConfig).toMatchObject({
      ftpsState: "Disabled",
      minTlsVersion: "1.2",
      remoteDebuggingEnabled: false,
      ipSecurityRestrictionsDefaultAction: "Deny",
      ipSecurityRestrictions: [
        { name: "client-1", priority: 100, action: "Allow", ipAddress: "203.0.113.7/32" },
      ],
    });
    const targets = [
      {
        name: "invoices",
        tenant: "contoso",
        tenantId: CONTOSO,
        kind: "blob",
        blobEndpoint: "https://invoicesaccount.blob.core.windows.net",
        container: "invoices",
      },
    ];
    expect(siteConfig["appSettings"]).toEqual([
      { name: "APPLICATION_CLIENT_ID", value: "application-client-id" },
      { name: "AUTHORITY_HOST", value: "https://login.microsoftonline.com" },
      { name: "EXCHANGE_AUDIENCE", value: "api://AzureADTokenExchange" },
      { name: "MANAGED_IDENTITY_CLIENT_ID", value: "identity-client-id" },
      { name: "MANAGED_IDENTITY_PRINCIPAL_ID", value: "identity-principal-id" },
      { name: "SCM_DO_BUILD_DURING_DEPLOYMENT", value: "false" },
      { name: "STORAGE_SUFFIX", value: "core.windows.net" },
      { name: "TARGETS", value: JSON.stringify(targets) },
      { name: "WEBSITE_RUN_FROM_PACKAGE", value: "1" },
    ]);
    expect(outputs).toEqual({
      applicationClientId: "application-client-id",
      managedIdentityClientId: "identity-client-id",
      managedIdentityPrincipalId: "identity-principal-id",
      authorityHost: "https://login.microsoftonline.com",
      exchangeAudience: "api://AzureADTokenExchange",
      storageSuffix: "core.windows.net",
      siteUrl: "https://site.azurewebsites.net",
      targets,
    });
  });

  it("signs in by the Azure CLI with the subscription alone, in CI by OIDC with all three ids", async () => {
    expect(await azureOf({ homeTenant, resourceTenants: [contoso] })).toEqual({
      environment: "public",
      subscriptionId: SUBSCRIPTION,
    });
    vi.stubEnv("ACTIONS_ID_TOKEN_REQUEST_URL", "https://localhost/oidc");
    const deployerClientId = "e60b5d18-29c7-4a3f-87f1-30d4ce9a7502";
    const oidc = {
      homeTenant: { ...homeTenant, deployerClientId },
      resourceTenants: [{ ...contoso, deployerClientId }],
    };
    expect(await azureOf(oidc)).toEqual({
      environment: "public",
      subscriptionId: SUBSCRIPTION,
      tenantId: CONTOSO,
      clientId: deployerClientId,
      useOidc: "true",
    });
  });
});

describe("a stack with one side", () => {
  it("makes the home side alone, with an external tenant as settings only", async () => {
    const { resources, outputs } = await record(
      { homeTenant, resourceTenants: [fabrikam] },
      tenantOf,
    );
    expect(new Set(resources.map(({ provider }) => provider))).toEqual(
      new Set(["", "home-azure", "home-entra"]),
    );
    expect(outputs["targets"]).toEqual([
      {
        name: "archive",
        tenant: "fabrikam",
        tenantId: FABRIKAM,
        kind: "blob",
        blobEndpoint: "https://fab.blob.core.windows.net",
        container: "archive",
      },
    ]);
  });

  it("makes one customer's side alone, for a service principal its admin made", async () => {
    const servicePrincipalObjectId = "5b1f0c9e-6d7a-4e3b-8c2d-a1b2c3d4e5f6";
    const { resources, outputs } = await record(
      {
        applicationClientId: "9f3c7b20-84d1-4e6a-b5c2-7d10a9e8f401",
        resourceTenants: [{ ...contoso, servicePrincipalObjectId }],
      },
      tenantOf,
    );
    const types = resources.map(({ type }) => type.split(":").at(-1)).sort();
    expect(types).toEqual([
      "BlobContainer",
      "BlobServiceProperties",
      "ResourceGroup",
      "RoleAssignment",
      "StorageAccount",
      "azure-native",
    ]);
    const role = resources.find(({ type }) => type.endsWith(":RoleAssignment"));
    expect(role?.inputs["principalId"]).toBe(servicePrincipalObjectId);
    expect(outputs["siteUrl"]).toBeUndefined();
  });
});

describe("before the first resource", () => {
  it("refuses a sign-in for another tenant than the configured one", async () => {
    const swapped = () => HOME;
    await expect(record({ homeTenant, resourceTenants: [contoso] }, swapped)).rejects.toThrow(
      `contoso: the sign-in is for tenant "${HOME}", the configuration says "${CONTOSO}"; sign in to the configured tenant`,
    );
  });
});
