import type { SiteHost } from "../src/service/site-host.ts";
import type { VaultListeners } from "../src/service/vault-listeners.ts";
import type { Route } from "../support/route.ts";
import { accountKeyOperations } from "./account-keys.ts";
import { blobContainerOperations } from "./blob-containers.ts";
import { blobServiceOperations } from "./blob-services.ts";
import { checkExistenceOperations } from "./check-existence.ts";
import { deletedVaultOperations } from "./deleted-vaults.ts";
import { federatedCredentialOperations } from "./federated-credentials.ts";
import { fileServiceOperations } from "./file-services.ts";
import { lockOperations } from "./locks.ts";
import { LongRunningOperations } from "./long-running-operations.ts";
import { notEmulatedRoutes } from "./not-emulated-routes.ts";
import type { Operation, OperationGroup } from "./operation.ts";
import { denyAssignmentOperations, permissionOperations } from "./permissions.ts";
import { providerOperations } from "./providers.ts";
import { publishProfileOperation } from "./publish-profile.ts";
import { publishingPolicyOperations } from "./publishing-policies.ts";
import { resourceGroupOperations } from "./resource-groups.ts";
import { resourceOperations } from "./resources.ts";
import { roleAssignmentOperations } from "./role-assignments.ts";
import { roleDefinitionOperations } from "./role-definitions.ts";
import { serverFarmOperations } from "./server-farms.ts";
import { siteActionOperations } from "./site-actions.ts";
import { siteConfigDocumentOperations } from "./site-config-documents.ts";
import { siteConfigOperations } from "./site-config.ts";
import { siteReadOperations } from "./site-reads.ts";
import { siteOperations } from "./sites.ts";
import { storageAccountOperations } from "./storage-accounts.ts";
import { storageSkuOperations } from "./storage-skus.ts";
import { subscriptionOperations } from "./subscriptions.ts";
import { systemAssignedIdentityOperations } from "./system-assigned-identities.ts";
import { tagNameOperations } from "./tag-names.ts";
import { tagOperations } from "./tags.ts";
import { userAssignedIdentityOperations } from "./user-assigned-identities.ts";
import { vaultOperations } from "./vaults.ts";
import { virtualMachineOperations } from "./virtual-machines.ts";
import { webAppStackOperations } from "./web-app-stacks.ts";

/** Every operation that Resource Manager answers, by the page of the REST reference that it follows. */
export function operationGroups(
  siteHost: SiteHost,
  vaultListeners: VaultListeners,
): OperationGroup[] {
  const longRunning = new LongRunningOperations();
  const groups = pages(siteHost, vaultListeners, longRunning);
  const heads = checkExistenceOperations(groups.flatMap(({ operations }) => operations));
  return [...groups, group("resources/resources/check-existence-by-id", heads)];
}

function pages(
  siteHost: SiteHost,
  vaultListeners: VaultListeners,
  longRunning: LongRunningOperations,
): OperationGroup[] {
  return [
    group("resources/subscriptions", subscriptionOperations),
    group("resources/providers", providerOperations),
    group("resources/resource-groups", resourceGroupOperations(siteHost, longRunning)),
    group("resources/resources", resourceOperations),
    group("resources/tags", [...tagOperations, ...tagNameOperations]),
    group("resources/management-locks", lockOperations),
    group("authorization/role-assignments", roleAssignmentOperations),
    group("authorization/role-definitions", roleDefinitionOperations),
    group("authorization/permissions", permissionOperations),
    group("authorization/deny-assignments", denyAssignmentOperations),
    group("managedidentity/user-assigned-identities", userAssignedIdentityOperations(siteHost)),
    group(
      "managedidentity/federated-identity-credentials",
      federatedCredentialOperations(siteHost),
    ),
    group("managedidentity/system-assigned-identities", systemAssignedIdentityOperations),
    group("compute/virtual-machines", virtualMachineOperations(siteHost, longRunning)),
    group("appservice/app-service-plans", serverFarmOperations(siteHost)),
    group("appservice/web-apps", [
      ...siteOperations(siteHost),
      ...siteConfigOperations(siteHost),
      ...siteConfigDocumentOperations,
      ...siteReadOperations(siteHost),
      publishProfileOperation(siteHost),
      ...siteActionOperations(siteHost),
      ...publishingPolicyOperations,
    ]),
    group("appservice/provider", webAppStackOperations),
    group("storagerp/storage-accounts", [
      ...storageAccountOperations(siteHost, longRunning),
      ...accountKeyOperations,
    ]),
    group("storagerp/skus", storageSkuOperations),
    group("storagerp/blob-services", blobServiceOperations),
    group("storagerp/blob-containers", blobContainerOperations(siteHost)),
    group("storagerp/file-services", fileServiceOperations),
    group("keyvault/keyvault/vaults", [
      ...vaultOperations(siteHost, vaultListeners),
      ...deletedVaultOperations(vaultListeners, longRunning),
    ]),
    {
      document: "azure/azure-resource-manager/management/async-operations",
      verified: "document",
      operations: longRunning.operations,
    },
  ];
}

/** The rows of the support table. */
export function resourceManagerRoutes(groups: readonly OperationGroup[]): Route[] {
  const answered = groups.flatMap(({ document, verified, operations }) =>
    operations.map(({ method, path, missing }): Route => {
      const row = { method, path, document, verified };
      return missing === undefined
        ? { ...row, supported: "yes" }
        : { ...row, supported: "partly", missing };
    }),
  );
  return [...answered, ...notEmulatedRoutes];
}

function group(page: string, operations: readonly Operation[]) {
  return { document: `rest/api/${page}`, verified: "document", operations } as const;
}
