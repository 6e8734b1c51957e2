import { getClientConfig } from "@pulumi/azure-native/authorization/getClientConfig.js";
import { getRoleDefinition } from "@pulumi/azure-native/authorization/getRoleDefinition.js";
import type { Provider } from "@pulumi/azure-native/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { STORAGE_BLOB_DATA_CONTRIBUTOR } from "./blob-target.ts";
import type { DeployedTenant, HomeTenant } from "./config/stack-config.ts";

/** Who a provider is signed in as. */
type SignedIn = Awaited<ReturnType<typeof getClientConfig>>;

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
): Promise<SignedIn> {
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
  return client;
}

/**
 * As {@link checkSignIn}, for the tenant of the application: whoever makes it must stay among its owners. With
 * Application.ReadWrite.OwnedBy anybody else can neither add the identity's credential to it nor delete it, and the
 * azuread plugin takes itself off the owners when they do not name it (terraform-provider-azuread,
 * application_resource.go). A person may have a directory role that reaches every application, so that is warned about.
 */
export async function checkHomeSignIn(
  tenant: HomeTenant,
  provider: Provider,
  oidc: boolean,
): Promise<void> {
  const { objectId } = await checkSignIn("home", tenant, provider);
  if (tenant.applicationOwners.includes(objectId.toLowerCase())) return;
  const problem =
    `homeTenant.applicationOwners does not name the deployer, whose object id is "${objectId}"; add it: ` +
    `an application that its deployer does not own can get no credential from it, and only an admin can delete it`;
  if (oidc) throw new pulumi.RunError(problem);
  await pulumi.log.warn(`${problem}, unless you have a role such as Application Administrator`);
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
