import type { Route } from "../service/route.ts";
import type { SiteHost } from "../service/site-host.ts";
import type { VaultListeners } from "../service/vault-listeners.ts";
import { denyAssignmentOperations, permissionOperations } from "./authorization/permissions.ts";
import { roleAssignmentOperations } from "./authorization/role-assignments.ts";
import { roleDefinitionOperations } from "./authorization/role-definitions.ts";
import { checkExistenceOperations } from "./check-existence.ts";
import { virtualMachineOperations } from "./compute/virtual-machines.ts";
import { LongRunningOperations } from "./engine/long-running-operations.ts";
import type { Operation, OperationGroup } from "./engine/operation.ts";
import { deletedVaultOperations } from "./key-vault/deleted-vaults.ts";
import { vaultOperations } from "./key-vault/vaults.ts";
import { federatedCredentialOperations } from "./managed-identity/federated-credentials.ts";
import { systemAssignedIdentityOperations } from "./managed-identity/system-assigned-identities.ts";
import { userAssignedIdentityOperations } from "./managed-identity/user-assigned-identities.ts";
import { notEmulatedRoutes } from "./not-emulated-routes.ts";
import { lockOperations } from "./resources/locks.ts";
import { providerOperations } from "./resources/providers.ts";
import { resourceGroupOperations } from "./resources/resource-groups.ts";
import { resourceOperations } from "./resources/resources.ts";
import { subscriptionOperations } from "./resources/subscriptions.ts";
import { tagNameOperations, tagOperations } from "./resources/tags.ts";
import { accountKeyOperations } from "./storage/account-keys.ts";
import { blobContainerOperations } from "./storage/blob-containers.ts";
import { blobServiceOperations } from "./storage/blob-services.ts";
import { fileServiceOperations } from "./storage/file-services.ts";
import { storageAccountOperations } from "./storage/storage-accounts.ts";
import { storageSkuOperations } from "./storage/storage-skus.ts";
import { publishingPolicyOperations, publishProfileOperation } from "./web/publishing.ts";
import { serverFarmOperations } from "./web/server-farms.ts";
import { siteActionOperations } from "./web/site-actions.ts";
import { siteConfigDocumentOperations } from "./web/site-config-documents.ts";
import { siteConfigOperations } from "./web/site-config.ts";
import { siteReadOperations } from "./web/site-reads.ts";
import { siteOperations } from "./web/sites.ts";
import { webAppStackOperations } from "./web/web-app-stacks.ts";

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
