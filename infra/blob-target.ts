import {
  RoleAssignment,
  type RoleAssignmentArgs,
} from "@pulumi/azure-native/authorization/roleAssignment.js";
import { BlobContainer } from "@pulumi/azure-native/storage/blobContainer.js";
import { BlobServiceProperties } from "@pulumi/azure-native/storage/blobServiceProperties.js";
import {
  StorageAccount,
  type StorageAccountArgs,
} from "@pulumi/azure-native/storage/storageAccount.js";
import * as pulumi from "@pulumi/pulumi";

// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/storage#storage-blob-data-contributor
export const STORAGE_BLOB_DATA_CONTRIBUTOR = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";

const SOFT_DELETE = { enabled: true, days: 7 };

/** One container the site may use, as the site's settings name it. */
export interface Target {
  readonly name: string;
  /** Name of its tenant in this stack. */
  readonly tenant: string;
  readonly tenantId: string;
  readonly kind: "blob";
  /** Address of the storage account's blob service, no trailing slash. */
  readonly blobEndpoint: string;
  readonly container: string;
}

export interface BlobTargetArgs {
  tenant: string;
  tenantId: string;
  subscriptionId: string;
  resourceGroupName: pulumi.Input<string>;
  /** Object id, in this tenant, of the application's service principal. */
  principalId: pulumi.Input<string>;
  /** Whether Pulumi refuses to delete account and container. */
  protect: boolean;
}

/**
 * A storage account that takes Entra tokens only, a private container, and the application's role on that
 * container and nothing above it.
 */
export class BlobTarget extends pulumi.ComponentResource {
  readonly target: pulumi.Output<Target>;

  constructor(name: string, args: BlobTargetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cross-tenant-data:index:BlobTarget", name, {}, opts);
    const protectedChild = { parent: this, protect: args.protect };
    const { resourceGroupName } = args;
    const account = new StorageAccount(name, accountArgs(resourceGroupName), protectedChild);
    const accountName = account.name;
    const blobService = new BlobServiceProperties(
      name,
      {
        accountName,
        resourceGroupName,
        blobServicesName: "default",
        deleteRetentionPolicy: SOFT_DELETE,
        containerDeleteRetentionPolicy: SOFT_DELETE,
      },
      { parent: this },
    );
    const container = new BlobContainer(
      name,
      { accountName, resourceGroupName, containerName: name, publicAccess: "None" },
      // Its name is the target's: `up --replace`, the way out when somebody deleted it, would delete the one just made.
      { ...protectedChild, dependsOn: [blobService], deleteBeforeReplace: true },
    );
    const role = new RoleAssignment(name, roleArgs(container.id, args), { parent: this });
    const { tenant, tenantId } = args;
    this.target = pulumi
      .all([account.primaryEndpoints, container.name, role.id])
      .apply(([endpoints, containerName]) => ({
        name,
        tenant,
        tenantId,
        kind: "blob" as const,
        blobEndpoint: endpoints.blob.replace(/\/$/, ""),
        container: containerName,
      }));
    // Known at once, so that it is in the state before an account is: check-data.ts compares with it.
    this.registerOutputs({
      tenant,
      tenantId,
      subscriptionId: args.subscriptionId,
      protect: args.protect,
    });
  }
}

function roleArgs(scope: pulumi.Input<string>, args: BlobTargetArgs): RoleAssignmentArgs {
  const roleDefinitions = `/subscriptions/${args.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions`;
  return {
    scope,
    principalId: args.principalId,
    // Without it Azure looks a user up and may miss a principal that has just been made.
    principalType: "ServicePrincipal",
    roleDefinitionId: `${roleDefinitions}/${STORAGE_BLOB_DATA_CONTRIBUTOR}`,
  };
}

function accountArgs(resourceGroupName: pulumi.Input<string>): StorageAccountArgs {
  return {
    resourceGroupName,
    kind: "StorageV2",
    sku: { name: "Standard_LRS" },
    allowSharedKeyAccess: false,
    allowBlobPublicAccess: false,
    allowCrossTenantReplication: false,
    defaultToOAuthAuthentication: true,
    enableHttpsTrafficOnly: true,
    isLocalUserEnabled: false,
    minimumTlsVersion: "TLS1_2",
  };
}
