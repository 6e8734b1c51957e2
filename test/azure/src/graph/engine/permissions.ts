import type { Application, ServicePrincipal } from "../../world/directory-records.ts";
import type { Caller } from "../../world/tokens/bearer.ts";
import { requestDenied } from "./errors.ts";

const WRITE_ALL = "Application.ReadWrite.All";
const OWNED_BY = "Application.ReadWrite.OwnedBy";
const DIRECTORY_READ = "Directory.Read.All";

/** Changing applications and service principals; under OwnedBy only those that the caller owns. */
export const WRITE = [OWNED_BY, WRITE_ALL];

/**
 * Reading applications and service principals. OwnedBy suffices, for all of the tenant's
 * (graph/permissions-reference, remarks on Application.ReadWrite.OwnedBy).
 */
export const READ = ["Application.Read.All", DIRECTORY_READ, ...WRITE];

/** Reading directory objects of whatever type (graph/api/directoryobject-getbyids). */
export const READ_DIRECTORY = [DIRECTORY_READ];

/** Reading the tenant itself (graph/api/organization-list). */
export const READ_ORGANIZATION = ["Organization.Read.All", DIRECTORY_READ];

/** Reading the tenant's domains (graph/api/domain-list). */
export const READ_DOMAINS = ["Domain.Read.All", DIRECTORY_READ];

/** Giving clients roles of APIs, and taking them away; reading takes another permission. */
export const ASSIGN_ROLES = ["AppRoleAssignment.ReadWrite.All"];

/** Requires any one of the permissions; none are named where every token does. */
export function requirePermission(caller: Caller, permissions: readonly string[]): void {
  if (permissions.length === 0 || permissions.some((each) => holds(caller, each))) return;
  throw requestDenied();
}

/** Whether the caller's token carries a Graph application permission. */
function holds(caller: Caller, permission: string): boolean {
  const { roles } = caller.claims;
  return Array.isArray(roles) && roles.includes(permission);
}

/** Giving and taking app roles takes reading too (graph/api/serviceprincipal-post-approleassignedto, "Permissions"). */
export function requireAssignRoles(caller: Caller): void {
  requirePermission(caller, ["Application.Read.All", DIRECTORY_READ, WRITE_ALL]);
}

/** Whether OwnedBy is all that lets the caller create: then what it creates is its own. */
export function createsAsOwner(caller: Caller): boolean {
  return holds(caller, OWNED_BY) && !holds(caller, WRITE_ALL);
}

/** Changing or deleting an application: OwnedBy reaches only those that the caller's service principal owns. */
export function requireWrite(caller: Caller, { owners }: Application): void {
  if (holds(caller, WRITE_ALL)) return;
  if (holds(caller, OWNED_BY) && owners.includes(caller.objectId)) return;
  throw requestDenied();
}

/** Adding an owner takes more than OwnedBy (graph/api/application-post-owners). */
export function requireAddOwner(caller: Caller): void {
  if (holds(caller, WRITE_ALL) && holds(caller, DIRECTORY_READ)) return;
  throw requestDenied();
}

/**
 * Creating a service principal: under OwnedBy only of an application of this tenant (text observed) that the caller owns
 * (microsoft-graph-docs#16138).
 */
export function requireCreatePrincipal(caller: Caller, application: Application | undefined): void {
  if (holds(caller, WRITE_ALL)) return;
  if (application?.tenantId !== caller.tenantId) {
    throw requestDenied(
      "When using this permission, the backing application of the service principal being created must in the local tenant",
    );
  }
  requireWrite(caller, application);
}

/**
 * Changing or deleting a service principal. Under OwnedBy its owner may, and, which is unverified, the owner of its
 * application in the same tenant.
 */
export function requireWritePrincipal(
  caller: Caller,
  principal: ServicePrincipal,
  application: Application | undefined,
): void {
  if (holds(caller, WRITE_ALL) || principal.owners?.includes(caller.objectId) === true) return;
  if (application?.tenantId !== principal.tenantId) throw requestDenied();
  requireWrite(caller, application);
}
