import type { RoleDefinition } from "./state.ts";

const CONTAINERS = "Microsoft.Storage/storageAccounts/blobServices/containers";
const DELEGATION_KEY =
  "Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action";

/**
 * The built-in roles that the stack assigns, and those that tests give wrongly. Permissions as
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
