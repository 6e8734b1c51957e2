import type {
  Application,
  AppRoleAssignment,
  ServicePrincipal,
  Tenant,
} from "./directory-records.ts";
import type { Resource } from "./resource-records.ts";
import type { RoleAssignment, RoleDefinition } from "./role-records.ts";
import type { DeletedSecret, DeletedVault, Secret } from "./vault-records.ts";

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
