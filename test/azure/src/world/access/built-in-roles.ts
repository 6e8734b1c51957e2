import type { RoleDefinition } from "../role-records.ts";

const CONTAINERS = "Microsoft.Storage/storageAccounts/blobServices/containers";
const DELEGATION_KEY =
  "Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action";

const IDENTITIES = "Microsoft.ManagedIdentity/userAssignedIdentities";

const SECRETS = "Microsoft.KeyVault/vaults/secrets";

/** Of both roles for what is in a vault. */
const VAULT_ACTIONS = [
  "Microsoft.Authorization/*/read",
  "Microsoft.Insights/alertRules/*",
  "Microsoft.KeyVault/checkNameAvailability/read",
  "Microsoft.KeyVault/deletedVaults/read",
  "Microsoft.KeyVault/locations/*/read",
  "Microsoft.KeyVault/operations/read",
  "Microsoft.KeyVault/vaults/*/read",
  "Microsoft.Resources/deployments/*",
  "Microsoft.Resources/subscriptions/resourceGroups/read",
  "Microsoft.Support/*",
];

/**
 * The built-in roles that the stack assigns, those that tests give wrongly, and those to delegate with. Permissions as
 * learn.microsoft.com/azure/role-based-access-control/built-in-roles lists them.
 */
export const builtInRoles: readonly RoleDefinition[] = [
  role("ba92f5b4-2d11-453d-a403-e96b0029c9fe", "Storage Blob Data Contributor", {
    actions: [`${CONTAINERS}/delete`, `${CONTAINERS}/read`, `${CONTAINERS}/write`, DELEGATION_KEY],
    dataActions: [
      `${CONTAINERS}/blobs/delete`,
      `${CONTAINERS}/blobs/read`,
      `${CONTAINERS}/blobs/write`,
      `${CONTAINERS}/blobs/move/action`,
      `${CONTAINERS}/blobs/add/action`,
    ],
  }),
  role("2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", "Storage Blob Data Reader", {
    actions: [`${CONTAINERS}/read`, DELEGATION_KEY],
    dataActions: [`${CONTAINERS}/blobs/read`],
  }),
  role("b7e6dc6d-f1e8-4753-8033-0f276bb0955b", "Storage Blob Data Owner", {
    actions: [`${CONTAINERS}/*`, DELEGATION_KEY],
    dataActions: [`${CONTAINERS}/blobs/*`],
  }),
  role("81a9662b-bebf-436f-a333-f67b29880f12", "Storage Account Key Operator Service Role", {
    actions: [
      "Microsoft.Storage/storageAccounts/listkeys/action",
      "Microsoft.Storage/storageAccounts/regeneratekey/action",
    ],
  }),
  role("974c5e8b-45b9-4653-ba55-5f855dd0fb88", "Storage Queue Data Contributor", {
    actions: [
      "Microsoft.Storage/storageAccounts/queueServices/queues/delete",
      "Microsoft.Storage/storageAccounts/queueServices/queues/read",
      "Microsoft.Storage/storageAccounts/queueServices/queues/write",
    ],
    dataActions: [
      "Microsoft.Storage/storageAccounts/queueServices/queues/messages/delete",
      "Microsoft.Storage/storageAccounts/queueServices/queues/messages/read",
      "Microsoft.Storage/storageAccounts/queueServices/queues/messages/write",
      "Microsoft.Storage/storageAccounts/queueServices/queues/messages/process/action",
    ],
  }),
  role("ac63b705-f282-497d-ac71-919bf39d939d", "Management Group Reader", {
    actions: [
      "Microsoft.Management/managementGroups/read",
      "Microsoft.Management/managementGroups/subscriptions/read",
    ],
  }),
  role("cdda3590-29a3-44f6-95f2-9f980659eb04", "AcrQuarantineReader", {
    actions: ["Microsoft.ContainerRegistry/registries/quarantine/read"],
    dataActions: ["Microsoft.ContainerRegistry/registries/quarantinedArtifacts/read"],
  }),
  role("db58b8e5-c6ad-4a2a-8342-4190687cbf4a", "Storage Blob Delegator", {
    actions: [DELEGATION_KEY],
  }),
  role("17d1049b-9a84-46fb-8f53-869881c3d3ab", "Storage Account Contributor", {
    actions: [
      "Microsoft.Authorization/*/read",
      "Microsoft.Resources/deployments/*",
      "Microsoft.Resources/subscriptions/resourceGroups/read",
      "Microsoft.Storage/storageAccounts/*",
    ],
  }),
  role("4633458b-17de-408a-b874-0445c86b69e6", "Key Vault Secrets User", {
    dataActions: [`${SECRETS}/getSecret/action`, `${SECRETS}/readMetadata/action`],
  }),
  role("00482a5a-887f-4fb3-b363-3b7fe8e74483", "Key Vault Administrator", {
    actions: VAULT_ACTIONS,
    dataActions: ["Microsoft.KeyVault/vaults/*"],
  }),
  role("b86a8fe4-44ce-4948-aee5-eccb2c155cd7", "Key Vault Secrets Officer", {
    actions: VAULT_ACTIONS,
    dataActions: [`${SECRETS}/*`],
  }),
  role("f1a07417-d97a-45cb-824c-7a7467783830", "Managed Identity Operator", {
    actions: [
      `${IDENTITIES}/*/read`,
      `${IDENTITIES}/*/assign/action`,
      "Microsoft.Authorization/*/read",
      "Microsoft.Insights/alertRules/*",
      "Microsoft.Resources/subscriptions/resourceGroups/read",
      "Microsoft.Resources/deployments/*",
      "Microsoft.Support/*",
    ],
  }),
  role("e40ec5ca-96e0-45a2-b4ff-59039f2c2b59", "Managed Identity Contributor", {
    actions: [
      `${IDENTITIES}/read`,
      `${IDENTITIES}/write`,
      `${IDENTITIES}/delete`,
      `${IDENTITIES}/federatedIdentityCredentials/read`,
      `${IDENTITIES}/federatedIdentityCredentials/write`,
      `${IDENTITIES}/federatedIdentityCredentials/delete`,
      "Microsoft.Authorization/*/read",
      "Microsoft.Insights/alertRules/*",
      "Microsoft.Resources/subscriptions/resourceGroups/read",
      "Microsoft.Resources/deployments/*",
      "Microsoft.Support/*",
    ],
  }),
  role("18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "User Access Administrator", {
    actions: ["*/read", "Microsoft.Authorization/*", "Microsoft.Support/*"],
  }),
  role("f58310d9-a9f6-439a-9e8d-f62e7b41a168", "Role Based Access Control Administrator", {
    actions: [
      "Microsoft.Authorization/roleAssignments/write",
      "Microsoft.Authorization/roleAssignments/delete",
      "*/read",
      "Microsoft.Support/*",
    ],
  }),
  role("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "Owner", { actions: ["*"] }),
  role("b24988ac-6180-42a0-ab88-20f7382dd24c", "Contributor", {
    actions: ["*"],
    notActions: [
      "Microsoft.Authorization/*/Delete",
      "Microsoft.Authorization/*/Write",
      "Microsoft.Authorization/elevateAccess/Action",
    ],
  }),
  role("acdd72a7-3385-48ef-bd42-f606fba81ae7", "Reader", { actions: ["*/read"] }),
];

interface Permissions {
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly dataActions?: readonly string[];
}

function role(guid: string, roleName: string, permissions: Permissions): RoleDefinition {
  return {
    id: `/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
    roleName,
    actions: permissions.actions ?? [],
    notActions: permissions.notActions ?? [],
    dataActions: permissions.dataActions ?? [],
    notDataActions: [],
  };
}
