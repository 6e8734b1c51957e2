import { Provider as AzureProvider } from "@pulumi/azure-native/provider.js";
import { Provider as EntraProvider } from "@pulumi/azuread/provider.js";
import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "./clouds.ts";
import type { DeployedTenant, StackConfig } from "./config/stack-config.ts";

/** How every tenant's providers sign in. */
export interface SignIn {
  readonly cloud: Cloud;
  readonly environment: StackConfig["environment"];
  /** By OIDC in CI, else by the Azure CLI. */
  readonly oidc: boolean;
}

/**
 * The Resource Manager provider of one tenant. By CLI it gets the subscription only: az refuses tenant and
 * subscription together (Azure/azure-cli#32755), and the subscription alone selects tenant and account.
 */
export function azureProvider(name: string, tenant: DeployedTenant, signIn: SignIn): AzureProvider {
  const { subscriptionId, tenantId } = tenant;
  const oidc = { useOidc: true, tenantId, clientId: tenant.deployerClientId ?? "" };
  return new AzureProvider(
    `${name}-azure`,
    {
      ...customCloud(signIn),
      ...(signIn.cloud.metadataHost === undefined ? {} : { disableInstanceDiscovery: true }),
      environment: signIn.environment,
      subscriptionId,
      ...(signIn.oidc ? oidc : {}),
    },
    cliDirectory(name, signIn),
  );
}

/** The Microsoft Graph provider of one tenant. */
export function entraProvider(name: string, tenant: DeployedTenant, signIn: SignIn): EntraProvider {
  const { tenantId } = tenant;
  const oidc = { useOidc: true, useCli: false, clientId: tenant.deployerClientId ?? "" };
  return new EntraProvider(
    `${name}-entra`,
    {
      ...customCloud(signIn),
      environment: signIn.environment,
      tenantId,
      ...(signIn.oidc ? oidc : {}),
    },
    cliDirectory(name, signIn),
  );
}

function customCloud({ cloud }: SignIn) {
  return cloud.metadataHost === undefined ? {} : { metadataHost: cloud.metadataHost };
}

// Two people signed in to two tenants need two az profiles: az picks the current account for a tenant
// (Azure/azure-cli#21227). AZURE_CONFIG_DIR_CONTOSO becomes AZURE_CONFIG_DIR in contoso's providers only.
function cliDirectory(name: string, { oidc }: SignIn): pulumi.ResourceOptions {
  if (oidc) return {};
  return { envVarMappings: { [`AZURE_CONFIG_DIR_${name.toUpperCase()}`]: "AZURE_CONFIG_DIR" } };
}
