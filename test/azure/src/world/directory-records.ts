import type { Replicated } from "./consistency.ts";

/** A role of an application's own API (graph/api/resources/approle). */
export interface AppRole {
  readonly allowedMemberTypes: readonly string[];
  readonly description: string;
  readonly displayName: string;
  readonly id: string;
  readonly isEnabled: boolean;
  readonly origin: "Application";
  readonly value: string | null;
}

/** A role of a resource's API that a client holds, both of them service principals of one tenant. */
export interface AppRoleAssignment extends Replicated {
  readonly id: string;
  /** GUID of zeros: the default role of an API that has none of its own. */
  readonly appRoleId: string;
  /** Object ids. */
  readonly principalId: string;
  readonly resourceId: string;
  readonly createdDateTime: string;
}

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
