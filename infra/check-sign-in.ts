import { getClientConfig } from "@pulumi/azure-native/authorization/getClientConfig.js";
import { getRoleDefinition } from "@pulumi/azure-native/authorization/getRoleDefinition.js";
import type { Provider } from "@pulumi/azure-native/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { STORAGE_BLOB_DATA_CONTRIBUTOR } from "./blob-target.ts";
import type { DeployedTenant } from "./config/stack-config.ts";

/**
 * Makes sure that a tenant's provider is signed in to that tenant and may read its subscription, before the
 * first resource: swapped sign-ins or subscriptions must not create anything in the wrong tenant.
 *
 * @throws {pulumi.RunError} naming the configured and the actual tenant, or Azure's refusal.
 */
export async function checkSignIn(
  name: string,
  tenant: DeployedTenant,
  provider: Provider,
): Promise<void> {
  const client = await ask(name, tenant, "sign in", () => getClientConfig({ provider }));
  if (client.tenantId.toLowerCase() !== tenant.tenantId) {
    throw new pulumi.RunError(
      `${name}: the sign-in is for tenant "${client.tenantId}", the configuration says "${tenant.tenantId}"; ` +
        `sign in to the configured tenant or correct tenantId and subscriptionId`,
    );
  }
  // The role definition that is assigned later: reading it at the subscription proves that the subscription
  // exists, belongs to this tenant and is readable.
  await ask(name, tenant, `read subscription "${tenant.subscriptionId}"`, () =>
    getRoleDefinition(
      {
        roleDefinitionId: STORAGE_BLOB_DATA_CONTRIBUTOR,
        scope: `/subscriptions/${tenant.subscriptionId}`,
      },
      { provider },
    ),
  );
}

async function ask<T>(
  name: string,
  tenant: DeployedTenant,
  what: string,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new pulumi.RunError(
      `${name}: cannot ${what} in tenant "${tenant.tenantId}"; check tenantId, subscriptionId and ` +
        `deployerClientId of ${name} and its deployer's roles. Azure said: ${reason}`,
    );
  }
}
