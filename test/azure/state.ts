import type { AppRole, AppRoleAssignment } from "./app-roles.ts";
import type { Replicated } from "./consistency.ts";
import type { DeletedSecret, Secret } from "./key-vault/secret.ts";
import type { DeletedVault } from "./key-vault/soft-delete-vault.ts";
import type { AccountKey } from "./resource-manager/account-keys.ts";

/** One Microsoft Entra tenant with its one Azure subscription. */
export interface Tenant {
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly location: string;
}

/** A federated identity credential of an application, as Microsoft Graph and Resource Manager write it. */
export interface FederatedIdentityCredential extends Replicated {
  readonly id: string;
  readonly name: string;
  issuer: string;
  subject: string;
  audiences: string[];
  description: string | null;
}

/** An application registration. */
export interface Application extends Replicated {
  readonly objectId: string;
  readonly appId: string;
  readonly tenantId: string;
  displayName: string;
  signInAudience: string;
  /** Object ids of the service principals that own it: what Application.ReadWrite.OwnedBy may touch. */
  owners: string[];
  requiredResourceAccess: unknown[];
  /** Of its API; none when absent. */
  appRoles?: readonly AppRole[];
  /** Writable Graph properties that change nothing in the local Azure, echoed as they were written. */
  settings: Record<string, unknown>;
  readonly federatedIdentityCredentials: Map<string, FederatedIdentityCredential>;
  /** Alternate key that a client chose at creation (Graph `applications(uniqueName='...')`). */
  readonly uniqueName?: string;
  readonly createdDateTime: string;
  /** Set while it is among the deleted ones. */
  deletedDateTime?: string;
}

/** A service principal: what an application, or a managed identity, is in one tenant. */
export interface ServicePrincipal extends Replicated {
  readonly objectId: string;
  readonly appId: string;
  readonly tenantId: string;
  displayName: string;
  accountEnabled: boolean;
  readonly servicePrincipalType: "Application" | "ManagedIdentity";
  /** Microsoft Graph application permissions granted to it, such as Application.ReadWrite.OwnedBy. */
  readonly graphPermissions: readonly string[];
  /** Of its API, in another tenant than the application's: see app-roles.ts. */
  readonly appRoles?: readonly AppRole[];
  /** For a managed identity: the resource id of the identity (user-assigned) or of its host (system-assigned). */
  readonly alternativeNames: readonly string[];
  /** Writable Graph properties that change nothing in the local Azure, echoed as they were written. */
  readonly settings: Record<string, unknown>;
  /** Object ids of the service principals that own it; none when absent. */
  owners?: string[];
  readonly createdDateTime: string;
  /** Set while it is among the deleted ones. */
  deletedDateTime?: string;
}

/** A resource of Resource Manager, kept as its last accepted body. Keyed by its id in lower case. Only credentials are seen late. */
export interface Resource extends Replicated {
  readonly id: string;
  readonly name: string;
  /** For example Microsoft.Web/sites. */
  readonly type: string;
  readonly tenantId: string;
  readonly subscriptionId: string;
  location?: string;
  kind?: string;
  sku?: unknown;
  tags?: Record<string, string>;
  identity?: unknown;
  /** Of a storage account, once they were asked for. */
  accountKeys?: readonly AccountKey[];
  properties: Record<string, unknown>;
  /** When a client first and last wrote it, ISO 8601. */
  createdTime?: string;
  changedTime?: string;
}

/** A role of Azure RBAC, built-in or custom. */
export interface RoleDefinition {
  readonly id: string;
  readonly roleName: string;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
  /** Where a custom role can be assigned, besides below. @default the subscription in its id */
  readonly assignableScopes?: readonly string[];
}

/** A role that a principal holds at a scope. */
export interface RoleAssignment extends Replicated {
  /** Full resource id, `<scope>/providers/Microsoft.Authorization/roleAssignments/<guid>`. */
  readonly id: string;
  readonly tenantId: string;
  readonly scope: string;
  readonly principalId: string;
  readonly principalType: string;
  /** The role definition's GUID. */
  readonly roleDefinitionGuid: string;
  readonly condition?: string;
}

/** Everything the local Azure knows, over both tenants. Blobs live in Azurite. */
export interface State {
  /** By tenant id. */
  readonly tenants: Map<string, Tenant>;
  /** By object id. */
  readonly applications: Map<string, Application>;
  /** Soft-deleted applications, by object id (Graph `/directory/deletedItems`). */
  readonly deletedApplications: Map<string, Application>;
  /** By object id. */
  readonly servicePrincipals: Map<string, ServicePrincipal>;
  /** Soft-deleted service principals of applications, by object id. */
  readonly deletedServicePrincipals: Map<string, ServicePrincipal>;
  /** By id. */
  readonly appRoleAssignments: Map<string, AppRoleAssignment>;
  /** By lower-cased resource id. */
  readonly resources: Map<string, Resource>;
  /** By lower-cased resource id. */
  readonly roleAssignments: Map<string, RoleAssignment>;
  /** Built-in roles by GUID, custom roles by `<tenant id>/<GUID>`: see role-definition.ts. */
  readonly roleDefinitions: Map<string, RoleDefinition>;
  /** How often the user delegation keys of a storage account were revoked, by its lower-cased resource id. */
  readonly delegationKeyRevocations: Map<string, number>;
  /** Secrets of all vaults, deleted vaults included, by lower-cased resource id. */
  readonly secrets: Map<string, Secret>;
  /** By lower-cased resource id. */
  readonly deletedSecrets: Map<string, DeletedSecret>;
  /** By lower-cased vault name. */
  readonly deletedVaults: Map<string, DeletedVault>;
}

/** An Azure in which nothing exists yet. */
export function emptyState(): State {
  return {
    tenants: new Map(),
    applications: new Map(),
    deletedApplications: new Map(),
    servicePrincipals: new Map(),
    deletedServicePrincipals: new Map(),
    appRoleAssignments: new Map(),
    resources: new Map(),
    roleAssignments: new Map(),
    roleDefinitions: new Map(),
    delegationKeyRevocations: new Map(),
    secrets: new Map(),
    deletedSecrets: new Map(),
    deletedVaults: new Map(),
  };
}
