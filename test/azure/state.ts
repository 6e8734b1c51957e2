/** One Microsoft Entra tenant with its one Azure subscription. */
export interface Tenant {
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly location: string;
}

export interface FederatedIdentityCredential {
  readonly id: string;
  readonly name: string;
  issuer: string;
  subject: string;
  audiences: string[];
  description: string | null;
}

export interface Application {
  readonly objectId: string;
  readonly appId: string;
  readonly tenantId: string;
  displayName: string;
  signInAudience: string;
  /** Object ids of the service principals that own it: what Application.ReadWrite.OwnedBy may touch. */
  owners: string[];
  requiredResourceAccess: unknown[];
  /** Writable Graph properties that change nothing in the local Azure, echoed as they were written. */
  settings: Record<string, unknown>;
  readonly federatedIdentityCredentials: Map<string, FederatedIdentityCredential>;
  readonly createdDateTime: string;
}

export interface ServicePrincipal {
  readonly objectId: string;
  readonly appId: string;
  readonly tenantId: string;
  displayName: string;
  accountEnabled: boolean;
  readonly servicePrincipalType: "Application" | "ManagedIdentity";
  /** Microsoft Graph application permissions granted to it, such as Application.ReadWrite.OwnedBy. */
  readonly graphPermissions: readonly string[];
  /** For a managed identity: the resource id of the identity (user-assigned) or of its host (system-assigned). */
  readonly alternativeNames: readonly string[];
  /** Writable Graph properties that change nothing in the local Azure, echoed as they were written. */
  readonly settings: Record<string, unknown>;
  readonly createdDateTime: string;
}

/** A resource of Resource Manager, kept as its last accepted body. Keyed by its id in lower case. */
export interface Resource {
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
  properties: Record<string, unknown>;
}

export interface RoleDefinition {
  readonly id: string;
  readonly roleName: string;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
}

export interface RoleAssignment {
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
  /** By lower-cased resource id. */
  readonly resources: Map<string, Resource>;
  /** By lower-cased resource id. */
  readonly roleAssignments: Map<string, RoleAssignment>;
  /** By the role's GUID; built-in roles and the deployers' custom roles. */
  readonly roleDefinitions: Map<string, RoleDefinition>;
}

/** An Azure in which nothing exists yet. */
export function emptyState(): State {
  return {
    tenants: new Map(),
    applications: new Map(),
    deletedApplications: new Map(),
    servicePrincipals: new Map(),
    resources: new Map(),
    roleAssignments: new Map(),
    roleDefinitions: new Map(),
  };
}
